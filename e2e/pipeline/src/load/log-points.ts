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

/** Logs some requests to a run in quiet times: each must be acknowledged at once. */
export async function logPoints(
  context: { readonly system: System; readonly ledger: PointLedger; readonly random: SeededRandom },
  runId: string,
  options: { readonly requests: number; readonly keys: readonly string[] },
): Promise<void> {
  const { system, ledger, random } = context;
  for (let i = 0; i < options.requests; i += 1) {
    const step = ledger.runs.get(runId)?.points.size ?? 0;
    const points = options.keys.map((key) => ledger.point(runId, key, step, 1_700_000_000_000 + step));
    const askedAt = performance.now();
    await askMlflow(random.pick(system.apis), "runs/log-batch", {
      body: {
        run_id: runId,
        metrics: points.map(({ key, value, timestamp }) => ({ key, value, timestamp, step })),
      },
    });
    ledger.acknowledge({ points, askedAt, applied: false });
  }
}
