import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driveLoad } from "../drive-load.ts";
import { mlflowBatch } from "../ingest/batch-bodies.ts";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { median } from "../tracking/report-ratios.ts";
import { type SecuredServer, startOpen, startSecured } from "./open-secured.ts";

const connections = 8;
const runs = 8;
const grants = 50;
/** Metrics of one log-batch: one, as a step of a small training logs it, and many. */
const batches = [1, 20, 200];
/** Of what a request costs at most, as the issue of it says. */
const aim = 1.05;

/**
 * What it costs to ask who somebody is and whether they may: log-batch by HTTP at a server where nobody has to sign in, and at one
 * where they do, with a token and by grants. In turn, first one, then the other, then both again the other way around: the time of
 * a request as a ratio, round by round. `--only 200` measures batches of that size alone.
 */
export async function benchAuthorization(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const started: SecuredServer[] = [];
  try {
    const open = await startOpen(await subfolder(folder, "open"), runs);
    started.push(open);
    const secured = await startSecured(await subfolder(folder, "secured"), { runs, grants });
    started.push(secured);
    const results = [];
    for (const metrics of batches.filter((size) => options.only === "" || options.only === String(size))) {
      await measure(open, metrics, 1);
      await measure(secured, metrics, 1);
      const rounds: { readonly ratio: number; readonly open: number; readonly secured: number }[] = [];
      for (let round = 0; round < options.rounds; round++) {
        const order = round % 2 === 0 ? [open, secured, secured, open] : [secured, open, open, secured];
        const times = new Map<SecuredServer, number[]>();
        for (const server of order)
          times.set(server, [...(times.get(server) ?? []), await measure(server, metrics, options.seconds)]);
        const [before, after] = [mean(times.get(open) ?? []), mean(times.get(secured) ?? [])];
        rounds.push({ ratio: after / before, open: before, secured: after });
      }
      const ratios = rounds.map(({ ratio }) => ratio);
      const result = {
        metrics,
        openMs: median(rounds.map((round) => round.open)),
        securedMs: median(rounds.map((round) => round.secured)),
        ratio: median(ratios),
        lowest: Math.min(...ratios),
        highest: Math.max(...ratios),
        aim,
      };
      results.push(result);
      console.log(
        `log-batch of ${metrics}: ${result.openMs.toFixed(3)} ms a request open, ${result.securedMs.toFixed(3)} with token and ${grants + 1} grants: ${result.ratio.toFixed(3)}x (${result.lowest.toFixed(3)}-${result.highest.toFixed(3)}), aim ${aim}x`,
      );
    }
    if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
  } finally {
    for (const { server } of started) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of the machine that one request took, with all connections busy. */
async function measure(
  { server, headers, runIds }: SecuredServer,
  metrics: number,
  seconds: number,
): Promise<number> {
  const sources = runIds.map((runId) => mlflowBatch(runId, metrics));
  let next = 0;
  const load = await driveLoad(
    server.url,
    () => {
      const source = sources[next++ % sources.length] as (typeof sources)[number];
      return { method: "POST", path: source.path, body: source.next().toString("latin1") };
    },
    { connections, seconds, callsMax: Number.POSITIVE_INFINITY, headers },
  );
  if (load.failures.length > 0) throw new Error(`${load.failures.length} refused: ${load.failures[0]}`);
  return 1_000 / load.perSecond;
}

async function subfolder(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  await chmod(path, 0o755);
  return path;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
