import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ChildServer, startRunweir } from "@runweir/server";
import { driveLoad, type LoadResult } from "../drive-load.ts";
import { memoryOfTree } from "../process-memory.ts";
import { type FilledServer, fillThroughRest } from "./fill-data.ts";
import { fillMlflowTables } from "./fill-mlflow-tables.ts";
import { prepareMlflow } from "./prepare-mlflow.ts";
import { type Comparison, formatRatios, summarise } from "./report-ratios.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

export interface BenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly runs: number;
  readonly pages: number;
  readonly points: number;
  readonly only: string;
  readonly jsonFile: string | undefined;
  /** Where generated data stays for the next time; without it, it goes at the end. */
  readonly data: string | undefined;
}

/**
 * The same requests against Runweir and the real MLflow server, in turn, round after round, on one machine. Servers that
 * are not measured stay up but idle. What is not fair is printed with the figures.
 */
export async function benchTracking(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const mlflow = await prepareMlflow(folder);
  const started: ChildServer[] = [];
  try {
    // The first start builds the pages and creates the database; the second is what a user waits for every day.
    await (await startRunweir(folder)).stop();
    const runweir = await startRunweir(folder);
    started.push(runweir);
    await (await mlflow.start(4)).stop();
    const four = await mlflow.start(4);
    started.push(four);
    const one = await mlflow.start(1);
    started.push(one);
    printStart([runweir, four, one]);
    await printMemory(runweir, [four, one]);
    console.log(`\nFilling ${options.runs} runs...`);
    const ours = await fillThroughRest(runweir.url, options.runs);
    const theirs = await fillMlflowTables(four.url, mlflow.databaseUrl, options.runs);
    const comparisons: Comparison[] = [];
    for (const scenario of scenarios.filter(({ name }) => name.includes(options.only))) {
      comparisons.push(await compare(scenario, ours, [theirs, { ...theirs, url: one.url }], options));
      console.log(formatRatios(comparisons.slice(-1).map(summarise)).split("\n")[1]);
    }
    const ratios = comparisons.map(summarise);
    console.log(`\n${formatRatios(ratios)}\n\n${unfair}`);
    if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(ratios, null, 2)}\n`);
  } finally {
    for (const server of started) await server.stop();
    await mlflow.stopDatabase();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  scenario: Scenario,
  ours: FilledServer,
  theirs: readonly FilledServer[],
  options: BenchOptions,
): Promise<Comparison> {
  const callsOf = await Promise.all(
    [ours, ...theirs].map(async (server) => ({ server, next: await scenario.prepare(server) })),
  );
  const rounds: { runweir: LoadResult; mlflow: LoadResult[] }[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const results: LoadResult[] = [];
    for (const { server, next } of callsOf) {
      results.push(
        await driveLoad(server.url, next, {
          connections: scenario.connections,
          seconds: options.seconds,
          callsMax: 200_000,
        }),
      );
    }
    const [runweir, ...mlflow] = results;
    if (runweir) rounds.push({ runweir, mlflow });
    for (const failure of results.flatMap(({ failures }) => failures.slice(0, 1)))
      console.log(`  ${scenario.name}: ${failure}`);
  }
  return { scenario: scenario.name, aim: scenario.aim, rounds };
}

function printStart(servers: readonly ChildServer[]): void {
  for (const { name, startMs } of servers)
    console.log(`${name}: ready after ${(startMs / 1_000).toFixed(2)} s`);
}

async function printMemory(runweir: ChildServer, mlflow: readonly ChildServer[]): Promise<void> {
  await pause(5_000);
  const size = (server: ChildServer) => memoryOfTree(server.process.pid ?? 0);
  const own = size(runweir);
  console.log(
    `\nIdle memory, proportional, whole process tree:\n  ${runweir.name} (database and pages included): ${mib(own)}`,
  );
  for (const server of mlflow)
    console.log(
      `  ${server.name} (its database not included): ${mib(size(server))}, ${(size(server) / own).toFixed(1)} times ours`,
    );
}

const mib = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MiB`;

const unfair = `What is not fair here: client, servers and databases share the same cores; MLflow's 10,000 runs and its long history were
written with SQL, ours through REST; MLflow answers over kept-alive connections, on which several uvicorn workers are slower
than one (the faster of both counts in each round); its Postgres is not counted in its memory, ours is in ours.`;
