import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type System, startSystem } from "./parts/start-system.ts";
import { runScenario } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface RunOptions {
  readonly seed: number;
  readonly long: boolean;
  readonly strict: boolean;
  /** No further scenario begins after it. */
  readonly until?: number | undefined;
  /** Where the logs of a failed system are kept. */
  readonly keepLogs: string;
}

/** Runs scenarios in turn, those with the same kind of system on one system; a failed one is replaced. */
export async function runScenarios(scenarios: readonly Scenario[], options: RunOptions): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  let system: System | undefined;
  const end = async (keep: string | undefined) => {
    if (system && keep) await keepLogs(system.folder, join(options.keepLogs, keep));
    await system?.stop();
    system = undefined;
  };
  try {
    for (const [place, scenario] of scenarios.entries()) {
      if (options.until !== undefined && performance.now() > options.until) break;
      const began = performance.now();
      const line = (word: string) =>
        console.log(
          `${word}  ${scenario.name} [${scenario.invariants}] (${Math.round((performance.now() - began) / 1_000)} s)`,
        );
      const random = seededRandom(options.seed).fork(`${place} ${scenario.name}`);
      try {
        const missing = scenario.missing?.("/tmp");
        if (missing) {
          counts.skipped += 1;
          line("SKIPPED");
          console.log(`        ${missing}`);
          continue;
        }
        if (system?.kind !== scenario.system) await end(undefined);
        system ??= await startSystem(scenario.system, random);
        const { violations, notes } = await runScenario(scenario, system, random, options.long);
        if (violations.length === 0) {
          counts.passed += 1;
          line("ok    ");
          for (const note of notes) console.log(`        ${note}`);
          continue;
        }
        counts.failed += 1;
        line("FAILED");
        for (const text of [...violations.slice(0, 12), ...notes]) console.log(`        ${text}`);
        if (violations.length > 12) console.log(`        and ${violations.length - 12} more`);
      } catch (error) {
        counts.failed += 1;
        line("FAILED");
        console.log(error);
      }
      const place_ = scenario.name.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 60);
      console.log(
        `        seed ${options.seed}; again: npm run e2e -- faults --seed ${options.seed} --only "${scenario.name.slice(0, 40)}"; logs: ${join(options.keepLogs, place_)}`,
      );
      await end(place_);
    }
  } finally {
    await end(process.env.FAULTS_KEEP ? "last" : undefined);
  }
  return counts;
}

async function keepLogs(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(from, to, {
    recursive: true,
    filter: (file) => !/\/(data|copy|node-\d)$/.test(file) && !/\/(api|ingest)\d$/.test(file),
  }).catch(() => {});
}
