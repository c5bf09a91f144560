import { setTimeout } from "node:timers/promises";
import type { BulkJob } from "@runweir/registry-domain";
import { askServer } from "../ask-server.ts";
import { readWords } from "../command.ts";
import { printTable } from "../print-table.ts";
import { refused } from "../refused.ts";
import { createProgressBar } from "../transfer/show-progress.ts";
import { describeBulkMove, exitCodeOf, nameMove } from "./bulk-move.ts";
import { readMoveRequest } from "./read-move-request.ts";

export const moveUsage = `runweir model move --to TARGET [--version WHICH] --reason TEXT [--filter FILTER] [--text WORDS] [--alias NAME] [--stage NAME]
                   [--owner ID] [--all] [--yes]
runweir model move|undo MOVE [--yes]
runweir model pause|resume MOVE
runweir model moves [MOVE]

Of moves:

  --to TARGET        what moves of every model that is found: an alias with @ (@champion), or a stage (Production)
  --version WHICH    there: latest (the default), the version of an @alias, the newest in a stage, or none, which takes an alias off
  --filter FILTER    of which models, in MLflow's grammar (name LIKE 'fraud%'); --text: a part of the name; --alias, --stage: those that
                     have one; --owner: whose they are; --all: every model
  --yes              do it; without it the plan is shown, kept for a day, and moves nothing
  MOVE               the number of a plan or a move`;

const actions = ["move", "undo", "pause", "resume", "moves"] as const;
type Action = (typeof actions)[number];
/** `apply` is a word that routers keep for themselves. */
const procedures = { move: "begin", undo: "undo", pause: "pause", resume: "resume" } as const;
const lookEveryMs = 500;

export function isMoveAction(word: string | undefined): word is Action {
  return actions.some((action) => action === word);
}

/** Plans, applies and undoes moves of many models; what is under way goes on at the server, also without a reader. */
export async function moveModels(words: readonly string[]): Promise<0 | 2 | 3> {
  const { values, positionals } = readWords(words, {
    to: { type: "string" },
    version: { type: "string", default: "latest" },
    reason: { type: "string" },
    filter: { type: "string" },
    text: { type: "string" },
    alias: { type: "string" },
    stage: { type: "string" },
    owner: { type: "string" },
    all: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    data: { type: "string" },
  });
  const [action, jobId, ...more] = positionals as [Action, ...string[]];
  if (more.length > 0 || (jobId !== undefined && !/^\d+$/.test(jobId)))
    throw refused(
      `model ${action}`,
      JSON.stringify(positionals.slice(1).join(" ")),
      "the number of a bulk move",
    );
  const ask = askServer(values.data);
  const query = async <Answer>(name: string, input: object) =>
    readData<Answer>(
      await ask(`/trpc/registry/bulk.${name}?input=${encodeURIComponent(JSON.stringify(input))}`),
    );
  const mutate = async (name: string, input: object) =>
    readData<BulkJob>(
      await ask(`/trpc/registry/bulk.${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
      }),
    );
  const end = (move: BulkJob) => {
    console.log(values.json ? JSON.stringify(move) : describeBulkMove(move));
    return exitCodeOf(move);
  };
  const begin = async (act: "move" | "undo" | "resume", move: BulkJob) =>
    end(await watch(await mutate(procedures[act], { jobId: move.jobId, digest: move.digest })));

  /** Until it has ended, or somebody pauses it. */
  async function watch(begun: BulkJob): Promise<BulkJob> {
    const bar = createProgressBar(process.stderr);
    let move = begun;
    while (move.isUnderWay) {
      bar.show({ what: move.state, ...move.progress });
      await setTimeout(lookEveryMs);
      move = await query<BulkJob>("get", { jobId: move.jobId });
    }
    bar.end();
    return move;
  }

  if (action === "moves" && jobId === undefined) {
    const { items } = await query<{ items: readonly BulkJob[] }>("list", { maxResults: 100 });
    console.log(values.json ? JSON.stringify(items) : printMoves(items));
    return 0;
  }
  if (jobId === undefined) {
    if (action !== "move") throw refused(`model ${action}`, "nothing", "the number of a bulk move");
    const plan = await mutate("plan", readMoveRequest(values));
    if (values.yes && plan.items > 0) return begin("move", plan);
    const code = end(plan);
    if (code === 3) console.error(`Nothing has moved. To move it: runweir model move ${plan.jobId} --yes`);
    return code;
  }
  const move = await query<BulkJob>("get", { jobId });
  if (action === "pause") return end(await mutate("pause", { jobId }));
  if (action === "resume") return begin("resume", move);
  if (action === "moves") return end(move);
  if (values.yes) return begin(action, move);
  end(move);
  console.error(`Nothing has moved. To do it: runweir model ${action} ${jobId} --yes`);
  return 3;
}

function printMoves(moves: readonly BulkJob[]): string {
  return printTable<BulkJob>(
    [
      { title: "Move", right: true, cell: ({ jobId }) => jobId },
      { title: "State", cell: ({ state }) => state },
      {
        title: "Done",
        right: true,
        cell: ({ progress: { done, of } }) => `${done}/${of}`,
      },
      { title: "Planned", cell: ({ creationTime }) => new Date(creationTime).toISOString().slice(0, 16) },
      { title: "By", cell: ({ actor }) => actor.name },
      { title: "What", cell: nameMove },
      { title: "Why", cell: ({ request }) => request.reason ?? "" },
    ],
    moves,
    process.stdout.columns || 120,
  );
}

function readData<Answer>(answer: unknown): Answer {
  return (answer as { result: { data: Answer } }).result.data;
}
