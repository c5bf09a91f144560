import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { benchLatency, formatLatency } from "./bench-latency.ts";
import { compareWithMlflow } from "./compare-with-mlflow.ts";
import { doors } from "./doors.ts";
import { formatThroughput, measureThroughput, type Throughput } from "./measure-throughput.ts";

/**
 * How much goes in, at what cost, by every door, straight into Postgres and through Kafka; how soon it can be read; and
 * how that compares with the real MLflow server. Client, API, broker, consumer and Postgres share one machine.
 */
export async function benchIngest(options: BenchOptions): Promise<void> {
  const results: Throughput[] = [];
  const wanted = (name: string) => name.toLowerCase().includes(options.only.toLowerCase());
  for (const log of ["direct", "kafka"] as const) {
    for (const door of doors) {
      if (!wanted(`${log} ${door.name}`)) continue;
      results.push(await inFolder((folder) => measureThroughput(folder, log, door, options.seconds)));
      console.log(formatThroughput(results.slice(-1)));
    }
  }
  if (results.length > 1) console.log(`\n${formatThroughput(results)}\n`);
  const latencies = [];
  for (const log of ["direct", "kafka"] as const)
    if (wanted(`${log} latency`))
      latencies.push(await inFolder((folder) => benchLatency(folder, log, options.seconds)));
  if (latencies.length > 0) console.log(`${formatLatency(latencies)}\n`);
  const comparison = wanted("mlflow comparison")
    ? await inFolder((folder) => compareWithMlflow(folder, options))
    : undefined;
  if (comparison) console.log(`${comparison.text}\n`);
  console.log(unfair);
  if (options.jsonFile)
    await writeFile(
      options.jsonFile,
      `${JSON.stringify({ results, latencies, ratios: comparison?.ratios }, null, 2)}\n`,
    );
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const unfair = `What is not fair here: the client's own cost is part of the two cores; bodies are made from templates, which costs it less than
a training job would spend; values are float32, as most metrics are (float64 noise takes four bytes more); every run starts on an empty
database, and Kafka's broker on a cold JVM.`;
