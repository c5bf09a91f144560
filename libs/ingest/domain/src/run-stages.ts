import type { AppliedState } from "./segment-store.ts";

type Stage = "active" | "deleted" | undefined;
type Run = Parameters<AppliedState["runStages"]>[0][number];

interface Waiting {
  readonly run: Run;
  resolve(stage: Stage): void;
  reject(error: unknown): void;
}

const runsPerQuestion = 500;

/** Asks for the stages of many runs at once: those who ask while a question is under way share the next. */
export function createRunStages(state: Pick<AppliedState, "runStages">): (run: Run) => Promise<Stage> {
  const queue: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, runsPerQuestion);
      try {
        const stages = await state.runStages(
          group.map(({ run: { workspace, runId } }) => ({ workspace, runId })),
        );
        for (const [i, waiting] of group.entries()) waiting.resolve(stages[i]);
      } catch (error) {
        for (const waiting of group) waiting.reject(error);
      }
    }
    running = false;
  }

  return (run) =>
    new Promise((resolve, reject) => {
      queue.push({ run, resolve, reject });
      if (running) return;
      running = true;
      queueMicrotask(() => void drain());
    });
}
