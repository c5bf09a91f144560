/**
 * `node e2e/pipeline/src/main.ts [--minutes N] [--seed S] [--only TEXT] [--keep-logs] [--list]`: faults against the whole
 * pipeline. Without options the short set, as in continuous integration; with `--minutes` every scenario, then random
 * mixes until the time is up.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findMissingTool } from "@runweir/kafka-broker";
import { allScenarios } from "./all-scenarios.ts";
import { type Counts, runScenarios } from "./run-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { randomMix, randomMixOfThree } from "./scenarios/random-mix.ts";

/** From this many minutes on, faults last as long as the fault table says: a lock of two minutes, brokers down for five. */
const fullLengthMinutes = 30;

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    only: { type: "string" },
    "keep-logs": { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const missing = process.platform === "linux" ? await findMissingTool() : "it needs Linux.";
if (values.list) {
  for (const { name, invariants, short } of allScenarios)
    console.log(`${short ? "short" : "long "}  ${name} [${invariants}]`);
} else if (missing) {
  const strict = process.env.RUNWEIR_STRICT === "1";
  console.log(`${strict ? "FAILED" : "SKIPPED"}, faults against the pipeline: ${missing}`);
  finish({ passed: 0, failed: strict ? 1 : 0, skipped: strict ? 0 : 1 });
} else finish(await run());

function run(): Promise<Counts> {
  const minutes = values.minutes === undefined ? undefined : readWhole("minutes", values.minutes);
  const seed =
    values.seed === undefined
      ? minutes === undefined
        ? 20_261_125
        : Math.floor(Math.random() * 2 ** 31)
      : readWhole("seed", values.seed);
  console.log(`Faults against the pipeline, seed ${seed}`);
  const { only } = values;
  const chosen = allScenarios.filter(({ name, short }) =>
    only === undefined ? minutes !== undefined || short : new RegExp(only, "i").test(name),
  );
  if (chosen.length === 0) throw new Error(`--only: no scenario is called ${JSON.stringify(only)}`);
  return runScenarios(minutes === undefined ? chosen : thenMixes(chosen), {
    seed,
    long: minutes !== undefined && minutes >= fullLengthMinutes,
    deadline: minutes === undefined ? undefined : performance.now() + minutes * 60_000,
    logs: mkdtempSync(join(tmpdir(), "runweir-faults-logs-")),
    keepLogs: values["keep-logs"],
  });
}

/** Mixes of one kind in a row: another kind needs another system. */
function* thenMixes(scenarios: readonly Scenario[]): Generator<Scenario> {
  yield* scenarios;
  for (;;) {
    for (let i = 0; i < 5; i += 1) yield randomMix;
    yield randomMixOfThree;
  }
}

function readWhole(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name}: found ${JSON.stringify(text)}, allowed is a whole number.`);
}

function finish(counts: Counts): void {
  console.log(`pipeline: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  // Sockets of clients that were cut off linger; everything that had to end has ended.
  process.exit(counts.failed > 0 ? 1 : 0);
}
