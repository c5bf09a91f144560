import type { LogPlace } from "@runweir/ingest-domain";
import { type ConsumerState, type KafkaConsumerOptions, startKafkaConsumer } from "@runweir/ingest-kafka";

export interface SupervisedConsumer {
  positions(): ReadonlyMap<number, number>;
  /** Gives the present consumer up for a new one; for a watcher that sees it stand still. */
  replace(reason: string): void;
  /** Milliseconds of `performance.now()`. */
  lastFetchAt(): number;
  problems(): readonly string[];
  stop(): Promise<void>;
}

const longestBackoff = 2_000;

/**
 * Keeps a consumer running: one that crashed, could not start or stands still is replaced by a new one.
 */
export function superviseConsumer<Log extends LogPlace, Entry, Outcome>(
  options: Omit<KafkaConsumerOptions<Log, Entry, Outcome>, "onCrash">,
): SupervisedConsumer {
  const stopping = new AbortController();
  let current: ConsumerState | undefined;
  let replaceCurrent: (() => void) | undefined;
  let problem: string | undefined = "The consumer has not joined its group yet.";

  async function runOnce(): Promise<void> {
    const replaced = new Promise<void>((resolve) => {
      replaceCurrent = resolve;
    });
    const started = await startKafkaConsumer({
      ...options,
      onCrash(error) {
        options.onTrouble("The consumer ended; a new one takes its place.", error);
        replaceCurrent?.();
      },
    });
    current = started;
    problem = undefined;
    await replaced;
    current = undefined;
    // A consumer that hangs may hang in its goodbye too; the store fences it whatever it still does.
    await Promise.race([started.stop().catch(() => {}), pause(5_000, stopping.signal)]);
  }

  async function loop(): Promise<void> {
    let backoff = 500;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      try {
        await runOnce();
      } catch (error) {
        problem = `The consumer cannot start: ${error instanceof Error ? error.message : String(error)}`;
        options.onTrouble("The consumer could not start.", error);
      }
      if (stopping.signal.aborted) return;
      backoff = performance.now() - began > 30_000 ? 500 : Math.min(longestBackoff, backoff * 2);
      await pause(backoff, stopping.signal);
    }
  }

  const running = loop();
  return {
    positions: () => current?.positions() ?? new Map(),
    lastFetchAt: () => current?.lastFetchAt ?? performance.now(),
    problems: () => (problem === undefined ? [] : [problem]),
    replace(reason) {
      options.onTrouble(reason, undefined);
      replaceCurrent?.();
    },
    async stop() {
      stopping.abort();
      await current?.stop().catch(() => {});
      replaceCurrent?.();
      await running;
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
