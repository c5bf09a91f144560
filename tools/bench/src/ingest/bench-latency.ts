import { mlflowBatch } from "./batch-bodies.ts";
import { type LatencyResult, measureLatency } from "./measure-latency.ts";
import { createRuns, type LogKind, startSystem } from "./start-system.ts";

const pointsPerSecond = 100_000;
/** A read answers 500 metrics: one after each call would measure little but reading. */
const readEvery = 10;

/** From the call to a read that contains it, at 100,000 points a second through MLflow's log-batch. */
export async function benchLatency(
  folder: string,
  log: LogKind,
  seconds: number,
): Promise<LatencyResult & { readonly log: LogKind }> {
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
    return { log, ...(await measureLatency(server.url, sources, { seconds, pointsPerSecond, readEvery })) };
  } finally {
    await server.stop();
  }
}

export function formatLatency(results: readonly (LatencyResult & { readonly log: LogKind })[]): string {
  return results
    .map(
      (one) =>
        `${one.log}, from call to readable at ${one.pointsPerSecond.toFixed(0)} points/s (${one.calls} of the calls, one in ${readEvery}, read at once): p50 ${one.p50Ms.toFixed(1)}, p95 ${one.p95Ms.toFixed(1)}, p99 ${one.p99Ms.toFixed(1)} ms (aim p99 250); reads asked again: ${one.refusedReads}`,
    )
    .join("\n");
}
