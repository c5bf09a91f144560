import { cp, mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { findMissing, type System, startSystem } from "./parts/start-system.ts";
import { runScenario } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface RunOptions {
  readonly seed: number;
  readonly long: boolean;
  /** Milliseconds of `performance.now()` after which no scenario begins. */
  readonly deadline: number | undefined;
  /** Where the logs of systems are kept: of those that failed, or of all. */
  readonly logs: string;
  readonly keepLogs: boolean;
}

const violationsShown = 12;

/** Runs scenarios in turn, those with the same kind of system on one system; a failed one is replaced. */
export async function runScenarios(scenarios: Iterable<Scenario>, options: RunOptions): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const times = new Map<string, number>();
  let system: System | undefined;
  const end = async (keepAs: string | undefined) => {
    if (system && keepAs) await keepLogs(system.folder, join(options.logs, keepAs));
    await system?.stop();
    system = undefined;
  };

  async function run(scenario: Scenario, place: number): Promise<keyof Counts> {
    const say = beginReport(scenario);
    const missing = findMissing(scenario.system) ?? scenario.missing?.();
    if (missing) return say("skipped", [missing]);
    // The first of a name follows from the seed alone, so that it can be had again by itself; so can each further one.
    const time = times.get(scenario.name) ?? 0;
    times.set(scenario.name, time + 1);
    const seed =
      time === 0
        ? options.seed
        : seededRandom(options.seed)
            .fork(`time ${time}`)
            .between(0, 2 ** 31);
    const random = seededRandom(seed).fork(scenario.name);
    const found: string[] = [];
    const notes: string[] = [];
    let spoiled = false;
    try {
      if (system?.kind !== scenario.system) await end(options.keepLogs ? `${place} before` : undefined);
      system ??= await startSystem(scenario.system, random);
      const report = await runScenario(scenario, system, random, options.long);
      found.push(...report.violations);
      notes.push(...report.notes);
      spoiled = report.spoiled;
    } catch (error) {
      found.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (found.length === 0 && spoiled) await end(options.keepLogs ? `${place} planted` : undefined);
    if (found.length === 0) return say("passed", notes);
    const name = `${place} ${scenario.name}`.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 60);
    await end(name);
    return say("failed", [
      ...found.slice(0, violationsShown),
      ...(found.length > violationsShown ? [`and ${found.length - violationsShown} more`] : []),
      ...notes,
      `seed ${seed}; logs in ${join(options.logs, name)}; again: npm run e2e -- faults --seed ${seed} --only ${JSON.stringify(scenario.name.replace(/[^\w .:-].*/, ""))}`,
    ]);
  }

  try {
    let place = 0;
    for (const scenario of scenarios) {
      if (options.deadline !== undefined && performance.now() > options.deadline) break;
      counts[await run(scenario, place)] += 1;
      place += 1;
    }
  } finally {
    await end(options.keepLogs ? "last" : undefined);
    // Only when nothing was kept.
    await rmdir(options.logs).catch(() => {});
  }
  return counts;
}

function beginReport(scenario: Scenario) {
  const began = performance.now();
  const words = { passed: "ok     ", failed: "FAILED ", skipped: "SKIPPED" } as const;
  return (result: keyof Counts, lines: readonly string[]): keyof Counts => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    console.log(`${words[result]} ${scenario.name} [${scenario.invariants}] (${seconds} s)`);
    for (const line of lines) console.log(`          ${line}`);
    return result;
  };
}

/** What the processes wrote, without their data. */
async function keepLogs(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const data = /\/(data|copy|wal|synced-[\w-]+|node-\d|(api|ingest)\d)$/;
  // A file may go while it is copied; the others are worth having.
  await cp(from, to, { recursive: true, filter: (file) => !data.test(file) }).catch(() => {});
}
