import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonColumns } from "../ingest/json-columns.ts";
import { createRuns, startSystem } from "../ingest/start-system.ts";
import { writeSteadily } from "../pages/write-steadily.ts";
import { quantiles } from "../quantiles.ts";

const runs = 20;
const batch = { keys: 50, steps: 10 } as const;
/** All together 20,000 points per second. */
const everyMs = 500;
const pieceSeconds = 2;

/** A Runweir of its own that takes points in until told to stop; then says how many, and how soon it acknowledged them. */
export async function ingestBeside(): Promise<{ end(): Promise<string> }> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const server = await startSystem(folder, "direct");
  let points = 0;
  let seconds = 0;
  let ended = false;
  const latencies: number[] = [];
  const write = async (): Promise<void> => {
    const runIds = await createRuns(server.url, runs);
    const sources = runIds.map((runId) => jsonColumns(runId, batch.keys, batch.steps));
    while (!ended) {
      const piece = await writeSteadily(server.url, sources, { seconds: pieceSeconds, everyMs });
      points += piece.points;
      seconds += piece.seconds;
      latencies.push(...piece.latencies);
    }
  };
  const writing = write();
  // It is looked at when told to stop.
  writing.catch(() => undefined);
  return {
    async end() {
      ended = true;
      try {
        await writing;
      } finally {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      }
      const { p50Ms, p99Ms } = quantiles(latencies.sort((a, b) => a - b));
      return `meanwhile ${(points / seconds / 1e3).toFixed(1)} k points/s were taken in, acknowledged after ${p50Ms.toFixed(0)} / ${p99Ms.toFixed(0)} ms (p50 / p99)`;
    },
  };
}
