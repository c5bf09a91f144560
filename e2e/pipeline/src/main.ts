/**
 * `node e2e/pipeline/src/main.ts [--minutes N] [--seed S] [--only TEXT] [--list]`: faults against the whole pipeline.
 * Without options the short set, as in continuous integration; with `--minutes` all scenarios and random mixes until then.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findMissingTool } from "@runweir/kafka-broker";
import { allScenarios } from "./all-scenarios.ts";
import { type Counts, runScenarios } from "./run-scenarios.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    only: { type: "string" },
    list: { type: "boolean", default: false },
  },
});
const strict = process.env.RUNWEIR_STRICT === "1";
const long = values.minutes !== undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const missing = process.platform === "linux" ? await findMissingTool() : "it needs Linux.";
if (values.list) {
  for (const { name, invariants, short } of allScenarios)
    console.log(`${short ? "short" : "long "}  [${invariants}] ${name}`);
} else if (missing) {
  console.log(`${strict ? "FAILED" : "SKIPPED"}, faults against the pipeline: ${missing}`);
  finish({ passed: 0, failed: strict ? 1 : 0, skipped: strict ? 0 : 1 });
} else finish(await run());

async function run(): Promise<Counts> {
  const minutes = Number(values.minutes ?? 0);
  const seed = Number(values.seed ?? (long ? Math.floor(Math.random() * 2 ** 31) : 20_261_125));
  if (!Number.isInteger(seed) || Number.isNaN(minutes) || minutes < 0)
    throw new Error("--seed and --minutes take whole numbers");
  console.log(`Faults against the pipeline, seed ${seed}`);
  const chosen = allScenarios.filter(({ name, short }) =>
    values.only === undefined ? long || short : new RegExp(values.only, "i").test(name),
  );
  if (chosen.length === 0) throw new Error(`no scenario has ${JSON.stringify(values.only)} in its name`);
  return runScenarios(chosen, {
    seed,
    long,
    strict,
    keepLogs: mkdtempSync(join(tmpdir(), "runweir-faults-logs-")),
  });
}

function finish(counts: Counts): void {
  console.log(`pipeline: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  // Sockets of clients that were cut off linger; everything that had to end has ended.
  process.exit(counts.failed > 0 ? 1 : 0);
}
