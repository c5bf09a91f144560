import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@runweir/postgres";
import type { ChildServer } from "@runweir/server";
import { driveLoad, type LoadResult } from "../drive-load.ts";
import { startSystem } from "../ingest/start-system.ts";
import { openOwnDatabase } from "../ingest/stored-bytes.ts";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { prepareMlflow } from "../tracking/prepare-mlflow.ts";
import { type Comparison, formatRatios, summarise } from "../tracking/report-ratios.ts";
import { measureBulkMoves } from "./bulk-moves.ts";
import { driveSteadily } from "./drive-steadily.ts";
import { fillMlflowRegistry } from "./fill-mlflow-registry.ts";
import { type Fleet, fillRegistry } from "./fill-registry.ts";
import { measurePages } from "./page-queries.ts";
import { registryScenarios } from "./registry-scenarios.ts";

const versions = 10;
/** What one MLflow can be asked about in seconds. */
const mlflowModelsMax = 10_000;
const resolvesPerSecond = 2_000;

/**
 * 100,000 models with a million versions: what MLflow's clients ask, what pages ask, bulk moves and their undo; then the same
 * requests against the real MLflow server, at a size that it can bear.
 */
export async function benchRegistry(options: BenchOptions & { readonly models: number }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const fleet: Fleet = { models: options.models, versions };
  const figures: Record<string, unknown> = {};
  try {
    if (!options.only.includes("mlflow"))
      await withRunweir(folder, fleet, async (server, database) => {
        await measureScenarios(server, fleet, options, figures);
        if ("pages".includes(options.only)) await measurePages(database, fleet, figures);
        if ("bulk".includes(options.only)) await measureBulkMoves(server.url, database, fleet, figures);
      });
    if (options.only === "" || options.only.includes("mlflow"))
      figures.ratios = await compare(folder, options, {
        models: Math.min(mlflowModelsMax, options.models),
        versions,
      });
    if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withRunweir(
  folder: string,
  fleet: Fleet,
  work: (server: ChildServer, database: Database) => Promise<void>,
): Promise<void> {
  const data = await mkdtemp(join(folder, "data-"));
  await chmod(data, 0o755);
  const server = await startSystem(data, "direct");
  const database = openOwnDatabase(join(data, "runweir"));
  try {
    const began = performance.now();
    await fillRegistry(database, fleet);
    const seconds = (performance.now() - began) / 1_000;
    console.log(
      `${fleet.models} models with ${fleet.models * fleet.versions} versions filled in ${seconds.toFixed(1)} s`,
    );
    await work(server, database);
  } finally {
    await database.close();
    await server.stop();
  }
}

async function measureScenarios(
  server: ChildServer,
  fleet: Fleet,
  options: BenchOptions,
  figures: Record<string, unknown>,
): Promise<void> {
  for (const scenario of registryScenarios.filter(({ name }) => name.includes(options.only))) {
    const load = { connections: scenario.connections, seconds: options.seconds, callsMax: 200_000 };
    const result = await driveLoad(server.url, () => scenario.next(fleet), load);
    figures[scenario.name] = result;
    print(scenario.name, result);
  }
  const [resolve] = registryScenarios;
  if (!resolve?.name.includes(options.only)) return;
  // At first V8 compiles what it had not met at this rate.
  for (const part of ["at first", "then"]) {
    const steady = await driveSteadily(server.url, () => resolve.next(fleet), {
      perSecond: resolvesPerSecond,
      seconds: options.seconds * 3,
      connections: 32,
    });
    figures[`${resolve.name}, ${resolvesPerSecond}/s, ${part}`] = steady;
    print(`${resolve.name}, ${resolvesPerSecond} asked for each second, ${part}`, steady);
  }
}

async function compare(folder: string, options: BenchOptions, fleet: Fleet) {
  const mlflow = await prepareMlflow(folder);
  const started: ChildServer[] = [];
  try {
    for (const workers of [4, 1]) started.push(await mlflow.start(workers));
    await fillMlflowRegistry(mlflow.databaseUrl, fleet);
    const comparisons: Comparison[] = [];
    await withRunweir(folder, fleet, async (runweir) => {
      for (const scenario of registryScenarios) {
        const rounds: { runweir: LoadResult; mlflow: LoadResult[] }[] = [];
        for (let round = 0; round < options.rounds; round += 1) {
          const results: LoadResult[] = [];
          for (const { url } of [runweir, ...started])
            results.push(
              await driveLoad(url, () => scenario.next(fleet), {
                connections: scenario.connections,
                seconds: options.seconds,
                callsMax: 200_000,
              }),
            );
          const [ours, ...theirs] = results;
          if (ours) rounds.push({ runweir: ours, mlflow: theirs });
          for (const { failures } of results)
            if (failures[0]) console.log(`  ${scenario.name}: ${failures[0]}`);
        }
        comparisons.push({ scenario: scenario.name, aim: 1, rounds });
      }
    });
    const ratios = comparisons.map(summarise);
    console.log(
      `\n${fleet.models} models with ${fleet.versions} versions each, beside the faster of MLflow with 4 workers and with 1:\n${formatRatios(ratios)}`,
    );
    console.log(
      "MLflow keeps no history and sends no events of its own accord; ours does both in the same call.",
    );
    return ratios;
  } finally {
    for (const server of started) await server.stop();
    await mlflow.stopDatabase();
  }
}

function print(name: string, result: LoadResult): void {
  const { perSecond, p50Ms, p99Ms, failures } = result;
  console.log(
    `${name}: ${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms${failures[0] ? `, ${failures.length} failed: ${failures[0]}` : ""}`,
  );
}
