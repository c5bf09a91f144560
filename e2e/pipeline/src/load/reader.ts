import { setTimeout as pause } from "node:timers/promises";
import type { ServiceProcess } from "../parts/service-process.ts";
import { callMlflow, type Reply } from "./mlflow-client.ts";
import type { LedgerRun } from "./point-ledger.ts";
import type { ClientContext } from "./start-load.ts";
import { violationOf } from "./writer.ts";

export interface StoredPoint {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** Reads what was acknowledged before, through either API: it is there, or the answer says to come again. */
export async function read(context: ClientContext, runIds: readonly string[]): Promise<void> {
  const { system, random, ledger, stopping } = context;
  while (!stopping.aborted) {
    const run = ledger.runs.get(random.pick(runIds));
    const api = random.pick(system.apis);
    if (run) await (random.next() < 0.1 ? readHistory(context, api, run) : readLatest(context, api, run));
    await pause(random.between(5, 40));
  }
}

async function readLatest(context: ClientContext, api: ServiceProcess, run: LedgerRun): Promise<void> {
  const expected = new Map(run.acknowledgedSteps);
  const reply = await callMlflow(api, "runs/get", { query: { run_id: run.runId } });
  if (!good(context, reply)) return;
  const { metrics = [] } = (reply.body as { run: { data: { metrics?: StoredPoint[] } } }).run.data;
  const steps = new Map(metrics.map((metric) => [metric.key, Number(metric.step)]));
  for (const [key, known] of expected) {
    // Where an acknowledgement was taken back meanwhile, it owes no more than what is left.
    const step = Math.min(known, run.acknowledgedSteps.get(key) ?? -1);
    if ((steps.get(key) ?? -1) < step)
      context.meetings.violations.push(
        `W: ${api.name} showed step ${steps.get(key)} of ${key} after step ${step} was acknowledged (run ${run.runId})`,
      );
  }
}

async function readHistory(context: ClientContext, api: ServiceProcess, run: LedgerRun): Promise<void> {
  const key = context.random.pick([...run.acknowledgedSteps.keys(), "loss"]);
  const expected = [...run.points.values()].filter(
    (point) => point.key === key && point.state === "acknowledged",
  );
  const reply = await callMlflow(api, "metrics/get-history", {
    query: { run_id: run.runId, metric_key: key },
  });
  if (!good(context, reply)) return;
  const { metrics = [] } = reply.body as { metrics?: StoredPoint[] };
  const values = new Set(metrics.map((metric) => metric.value));
  const lacking = expected.filter((point) => point.state === "acknowledged" && !values.has(point.value));
  if (lacking.length > 0)
    context.meetings.violations.push(
      `W: ${api.name} left ${lacking.length} of ${expected.length} acknowledged points out of the history of ${key} (run ${run.runId})`,
    );
  if (values.size !== metrics.length)
    context.meetings.violations.push(`D: the history of ${key} has points twice (run ${run.runId})`);
}

function good(
  { meetings }: ClientContext,
  reply: Reply,
): reply is Extract<Reply, { readonly kind: "answer" }> {
  const wrong = violationOf(reply, "a read");
  if (wrong) meetings.violations.push(wrong);
  const seen = reply.kind === "answer" && reply.status === 200;
  if (seen) meetings.goodReads += 1;
  else meetings.postponedReads += 1;
  return seen;
}
