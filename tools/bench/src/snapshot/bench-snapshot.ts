import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRunweir } from "@runweir/server";
import { post } from "../ingest/send-bodies.ts";
import { createRuns, drain } from "../ingest/start-system.ts";
import { measureStoredBytes, openOwnDatabase } from "../ingest/stored-bytes.ts";
import type { BenchOptions } from "../tracking/bench-tracking.ts";

interface Made {
  readonly published: boolean;
  readonly rows_written: number;
  readonly bytes_written: number;
}

interface Measured extends Made {
  readonly what: string;
  readonly seconds: number;
}

const keys = 5;
const stepsPerRun = 1_000;
const pointsPerRun = keys * stepsPerRun;

/**
 * What a snapshot of many points costs, and the next ones after a hundredth of that has come: in runs that are new, and in
 * a tenth of the runs that were there. Everything is asked as people do, over HTTP, and the data comes in by the native
 * door; the schedule is off meanwhile.
 */
export async function benchSnapshot(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const home = join(folder, "runweir");
  const environment = { RUNWEIR_LOG_LEVEL: "error", RUNWEIR_SNAPSHOT_SECONDS: "86400" };
  const server = await startRunweir(folder, environment, ["--no-pages"]);
  const database = openOwnDatabase(home);
  const results: Measured[] = [];
  try {
    const { url } = server;
    const settle = async () => {
      await drain(url);
      await measureStoredBytes(database, 600_000);
    };
    const make = async (what: string): Promise<Measured> => {
      const began = performance.now();
      const answer = await fetch(`${url}/api/snapshots`, { method: "POST" });
      if (!answer.ok) throw new Error(`POST /api/snapshots: ${answer.status} ${await answer.text()}`);
      const made = (await answer.json()) as Made;
      const measured = { what, seconds: (performance.now() - began) / 1_000, ...made };
      results.push(measured);
      return measured;
    };
    const runs = Math.max(100, Math.round(options.points / pointsPerRun));
    console.log(`${runs} runs of ${keys} metrics and ${stepsPerRun} steps: ${runs * pointsPerRun} points`);
    const runIds = await createAll(url, runs);
    await send(url, runIds, stepsPerRun);
    await settle();
    await make("from nothing");
    for (let round = 1; round <= options.rounds; round += 1) {
      // Without its manifest everything is read anew.
      await rm(join(home, "snapshots/default/manifests"), { recursive: true });
      const full = await make(`full ${round}`);
      console.log(print(full, full));
      const nothing = await make(`nothing new ${round}`);
      console.log(print(nothing, full));
      await send(url, await createAll(url, Math.ceil(runs / 100)), stepsPerRun);
      await settle();
      console.log(print(await make(`1 % in new runs ${round}`), full));
      await send(
        url,
        runIds.filter((_, i) => i % 10 === round % 10),
        stepsPerRun / 10,
      );
      await settle();
      console.log(print(await make(`1 % in a tenth of the runs ${round}`), full));
    }
    const [sizes] = await database.query<{ points: number }>(
      "SELECT sum(count)::bigint AS points FROM tracking.metric_series",
    );
    console.log(`${sizes?.points} points in the end`);
  } finally {
    await database.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
}

async function createAll(url: string, count: number): Promise<readonly string[]> {
  const runIds: string[] = [];
  while (runIds.length < count) runIds.push(...(await createRuns(url, Math.min(64, count - runIds.length))));
  return runIds;
}

/** How far each run has come. */
const logged = new Map<string, number>();

/** The next steps of each run in one body of the native door, a few runs at a time. */
async function send(url: string, runIds: readonly string[], steps: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const waiting = [...runIds];
  const work = async (): Promise<void> => {
    for (let runId = waiting.pop(); runId !== undefined; runId = waiting.pop()) {
      const first = logged.get(runId) ?? 0;
      logged.set(runId, first + steps);
      const body = Buffer.from(JSON.stringify({ runs: [nextSteps(runId, first, steps)] }));
      for (;;) {
        const answer = await post(`${url}/ingest/v1/points`, agent, "application/json", body);
        if (answer.status === 200) break;
        if (answer.status !== 429 && answer.status !== 503)
          throw new Error(`${answer.status} ${answer.text.slice(0, 200)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  agent.destroy();
}

/** Noisy curves in the precision that training computes in, no two the same. */
function nextSteps(runId: string, first: number, steps: number) {
  const places = Array.from({ length: keys * steps }, (_, i) => ({
    key: i % keys,
    step: first + Math.floor(i / keys),
  }));
  return {
    run_id: runId,
    keys: Array.from({ length: keys }, (_, key) => `layer.${key}.gradient_norm`),
    key: places.map(({ key }) => key),
    step: places.map(({ step }) => step),
    timestamp: places.map(({ step }) => 1_790_000_000_000 + step * 50),
    value: places.map(({ key, step }) => Math.fround((key + 1) / (1 + step / 100) + Math.random() / 10)),
  };
}

function print(one: Measured, full: Measured): string {
  const share = one === full ? "" : `, ${((100 * one.seconds) / full.seconds).toFixed(1)} % of the full one`;
  const rate = one.published ? `, ${Math.round(one.rows_written / one.seconds / 1_000)} k rows/s` : "";
  const size = `${one.rows_written} rows, ${(one.bytes_written / 1e6).toFixed(1)} MB`;
  return `${one.what.padEnd(30)} ${one.seconds.toFixed(2).padStart(7)} s  ${size}${rate}${share}`;
}
