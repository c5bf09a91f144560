import type { Database } from "@runweir/postgres";
import type { Fleet } from "./fill-registry.ts";

interface Job {
  readonly jobId: string;
  readonly state: string;
  readonly digest: string;
  readonly items: number;
  readonly moved: number;
  readonly undone: number;
}

/** Points the champion of every model at its newest version as a job, over HTTP, and takes that back. */
export async function measureBulkMoves(
  url: string,
  database: Database,
  { models }: Fleet,
  figures: Record<string, unknown>,
): Promise<void> {
  const request = {
    models: {},
    version: { kind: "latest" },
    target: { kind: "alias", alias: "champion" },
    reason: "bench",
  };
  const [planMs, plan] = await timed(() => mutate(url, "plan", request));
  const { jobId, digest } = plan;
  const [applyMs] = await timed(async () => {
    await mutate(url, "begin", { jobId, digest });
    return ended(url, jobId, "applied");
  });
  const [undoMs] = await timed(async () => {
    await mutate(url, "undo", { jobId });
    return ended(url, jobId, "undone");
  });
  const [counted] = await database.query<{ history: number; events: number; broken: number }>(
    `SELECT (SELECT count(*) FROM registry.target_history WHERE kind = 'alias' AND target = 'champion') AS history,
       (SELECT count(*) FROM outbox.event WHERE kind = 'model_alias.moved') AS events,
       (SELECT count(*) FROM registry.target_history a WHERE valid_to IS NOT NULL AND NOT EXISTS (
          SELECT FROM registry.target_history b
          WHERE (b.model_no, b.kind, b.target, b.valid_from) = (a.model_no, a.kind, a.target, a.valid_to))) AS broken`,
  );
  figures["bulk move"] = { models, items: plan.items, planMs, applyMs, undoMs, ...counted };
  console.log(
    `bulk: ${plan.items} of ${models} aliases: plan ${seconds(planMs)}, apply ${seconds(applyMs)}, undo ${seconds(undoMs)}; ` +
      `${counted?.history} rows of history, ${counted?.broken} broken; ${counted?.events} events`,
  );
}

async function ended(url: string, jobId: string, state: string): Promise<Job> {
  for (;;) {
    const job = await ask(url, jobId);
    if (job.state === state) return job;
    if (!job.state.endsWith("ing")) throw new Error(`Bulk move ${jobId} is ${job.state}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ask = async (url: string, jobId: string): Promise<Job> =>
  read(await fetch(`${url}/trpc/registry/bulk.get?input=${encodeURIComponent(JSON.stringify({ jobId }))}`));

const mutate = async (url: string, step: string, body: object): Promise<Job> =>
  read(
    await fetch(`${url}/trpc/registry/bulk.${step}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

async function read(answer: Response): Promise<Job> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 300)}`);
  return (JSON.parse(text) as { result: { data: Job } }).result.data;
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const from = performance.now();
  const result = await work();
  return [performance.now() - from, result];
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
