import { setTimeout as pause } from "node:timers/promises";
import type { LogPosition } from "@runweir/ingest-domain";
import { callApi, type Reply } from "./mlflow-client.ts";
import type { Acknowledged, SentPoint } from "./point-ledger.ts";
import type { ClientContext } from "./start-load.ts";

const keys = ["loss", "accuracy", "rate", "norm"] as const;

/** Logs unique points to a run, one request after the other, as a training script does, until told to stop. */
export async function write(context: ClientContext, runId: string): Promise<void> {
  const { random, ledger, stopping } = context;
  // Timestamps that do not follow the steps, as of several processes: nothing may depend on their order.
  const epoch = 1_700_000_000_000;
  for (let step = 0; !stopping.aborted; step += 1) {
    const single = random.next() < 0.3;
    const chosen = single ? [random.pick(keys)] : keys;
    const repeats = single ? 1 : random.between(1, 8);
    const points = Array.from({ length: repeats }, (_, i) =>
      chosen.map((key) => ledger.point(runId, key, step * 10 + i, epoch + random.between(0, 1_000_000))),
    ).flat();
    await deliver(context, runId, points, single);
    await pause(random.between(0, 25));
  }
}

/** Tries until it is acknowledged, each time through the other API, as real clients do. */
export async function deliver(
  context: ClientContext,
  runId: string,
  points: readonly SentPoint[],
  single = false,
): Promise<void> {
  const { system, random, meetings, ledger, givingUp } = context;
  const first = random.between(0, 1);
  const began = performance.now();
  const request = requestOf(context, runId, points, single);
  for (let attempt = 0; !givingUp.aborted; attempt += 1) {
    const askedAt = performance.now();
    const reply = await callApi(system.apis[(first + attempt) % 2 === 0 ? 0 : 1], request.path, request);
    if (reply.kind === "answer")
      meetings.statuses.set(reply.status, (meetings.statuses.get(reply.status) ?? 0) + 1);
    if (reply.kind === "answer" && reply.status === 200) {
      ledger.acknowledge({ points, askedAt, ...whatIsSaid(reply.body) });
      meetings.acknowledged += 1;
      meetings.writeMs.push(performance.now() - began);
      return;
    }
    const wrong = violationOf(reply, request.path);
    if (wrong) meetings.violations.push(wrong);
    meetings.retries += 1;
    await pause(Math.min(1_000, 50 * 2 ** Math.min(attempt, 10)) * (0.5 + random.next() / 2));
  }
}

/** Whatever the fault, a client is told to come again: anything else would make it lose its points. */
export function violationOf(reply: Reply, path: string): string | undefined {
  if (reply.kind === "silent") return `R: no answer to ${path} from a process that was running all the time`;
  if (reply.kind !== "answer" || [200, 429, 503, 507].includes(reply.status)) return undefined;
  return `R: ${path} was answered ${reply.status}: ${reply.text.slice(0, 300)}`;
}

function requestOf(context: ClientContext, runId: string, points: readonly SentPoint[], single: boolean) {
  const { acknowledgement } = context;
  if (acknowledgement) {
    const ack = acknowledgement === "either" ? context.random.pick(acknowledgements) : acknowledgement;
    return { path: "/ingest/v1/points", query: { ack }, body: { runs: [columnsOf(runId, points)] } };
  }
  const metrics = points.map(({ key, value, timestamp, step }) => ({ key, value, timestamp, step }));
  return single
    ? { path: "/api/2.0/mlflow/runs/log-metric", body: { run_id: runId, ...metrics[0] } }
    : { path: "/api/2.0/mlflow/runs/log-batch", body: { run_id: runId, metrics } };
}

const acknowledgements = ["logged", "applied"] as const;

function columnsOf(runId: string, points: readonly SentPoint[]) {
  const names = [...new Set(points.map(({ key }) => key))];
  return {
    run_id: runId,
    keys: names,
    key: points.map(({ key }) => names.indexOf(key)),
    step: points.map(({ step }) => step),
    timestamp: points.map(({ timestamp }) => timestamp),
    value: points.map(({ value }) => value),
  };
}

/** MLflow's doors say nothing of where the points are. */
function whatIsSaid(body: unknown): Pick<Acknowledged, "applied" | "position"> {
  const { runs = [] } = body as {
    readonly runs?: readonly { readonly applied: boolean; readonly position: LogPosition | null }[];
  };
  const [told] = runs;
  return { applied: told?.applied ?? false, position: told?.position ?? undefined };
}
