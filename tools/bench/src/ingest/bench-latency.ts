import { mlflowBatch } from "./batch-bodies.ts";
import { cpuByRole, type Role, roles, subtractCpu } from "./cpu-by-role.ts";
import { type LatencyResult, measureLatency } from "./measure-latency.ts";
import { createRuns, type LogKind, startSystem } from "./start-system.ts";

const pointsPerSecond = 100_000;
/** A read answers 500 metrics: one after each call would measure little but reading. */
const readEvery = 10;

export interface LatencyBench extends LatencyResult {
  readonly log: LogKind;
  readonly cores: Readonly<Record<Role, number>>;
}

/** From the call to a read that contains it, at 100,000 points a second through MLflow's log-batch. */
export async function benchLatency(folder: string, log: LogKind, seconds: number): Promise<LatencyBench> {
  const server = await startSystem(folder, log);
  try {
    // So many that none has to wait for its last read before its next batch is due.
    const runIds = await createRuns(server.url, 40);
    const sources = runIds.map((runId) => {
      const source = mlflowBatch(runId, 500);
      let step = 0;
      return {
        ...source,
        runId,
        key: "layer.0.gradient_norm",
        step: () => step,
        next() {
          step += 1;
          return source.next();
        },
      };
    });
    await measureLatency(server.url, sources, { seconds: 2, pointsPerSecond, readEvery });
    const before = cpuByRole(server.process.pid ?? 0);
    const measured = await measureLatency(server.url, sources, { seconds, pointsPerSecond, readEvery });
    const used = subtractCpu(cpuByRole(server.process.pid ?? 0), before);
    const cores = Object.fromEntries(
      roles.map((role) => [role, used[role] / seconds]),
    ) as LatencyBench["cores"];
    return { log, ...measured, cores };
  } finally {
    await server.stop();
  }
}

export function formatLatency(results: readonly LatencyBench[]): string {
  return results
    .map(
      (one) =>
        `${one.log}, from call to readable at ${one.pointsPerSecond.toFixed(0)} points/s (${one.calls} of the calls, one in ${readEvery}, read at once): p50 ${one.p50Ms.toFixed(1)}, p95 ${one.p95Ms.toFixed(1)}, p99 ${one.p99Ms.toFixed(1)} ms (aim p99 250); reads asked again: ${one.refusedReads}
  acknowledged after: p50 ${one.acknowledged.p50Ms.toFixed(1)}, p95 ${one.acknowledged.p95Ms.toFixed(1)}, p99 ${one.acknowledged.p99Ms.toFixed(1)} ms; cores used: ${roles.map((role) => `${role} ${one.cores[role].toFixed(2)}`).join(", ")}`,
    )
    .join("\n");
}
