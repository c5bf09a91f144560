import type { System } from "../parts/start-system.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { askMlflow, createRun } from "./mlflow-client.ts";
import type { PointLedger } from "./point-ledger.ts";

/** Runs of a scenario's own, in other partitions than each other where that can be had. */
export async function addRuns(
  system: System,
  ledger: PointLedger,
  count: number,
): Promise<readonly string[]> {
  const runIds: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const runId = await createRun(system.apis[0]);
    ledger.addRun(runId);
    runIds.push(runId);
  }
  return runIds;
}

/** Logs some requests to a run in quiet times: each must be acknowledged at once. Returns them, to be sent again. */
export async function logPoints(
  context: { readonly system: System; readonly ledger: PointLedger; readonly random: SeededRandom },
  runId: string,
  options: { readonly requests: number; readonly keys: readonly string[] },
): Promise<readonly object[]> {
  const { system, ledger, random } = context;
  const sent: object[] = [];
  for (let i = 0; i < options.requests; i += 1) {
    const step = ledger.runs.get(runId)?.points.size ?? 0;
    const points = options.keys.map((key) => ledger.point(runId, key, step, 1_700_000_000_000 + step));
    const askedAt = performance.now();
    const body = {
      run_id: runId,
      metrics: points.map(({ key, value, timestamp }) => ({ key, value, timestamp, step })),
    };
    await askMlflow(random.pick(system.apis), "runs/log-batch", { body });
    ledger.acknowledge({ points, askedAt, applied: false });
    sent.push(body);
  }
  return sent;
}

/** As clients do that did not hear of their acknowledgement; `through` all of these. */
export async function logAgain(through: System["apis"], requests: readonly object[]): Promise<void> {
  for (const api of through) for (const body of requests) await askMlflow(api, "runs/log-batch", { body });
}
