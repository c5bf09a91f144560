import { lettersSince, readAccounts } from "./check/accounts.ts";
import { checkPoints } from "./check/check-points.ts";
import { findLeaks } from "./check/connections.ts";
import { readEnds, watchPositions } from "./check/positions.ts";
import { settle } from "./check/settle.ts";
import { createPointLedger } from "./load/point-ledger.ts";
import { recoveryMs, startLoad } from "./load/start-load.ts";
import type { System } from "./parts/start-system.ts";
import type { Expectation, Scenario } from "./scenario.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Generous: what a process needs is a tenth; what grows without bound is soon beyond. */
const residentBytesMax = 900 * 2 ** 20;

export interface ScenarioReport {
  readonly violations: readonly string[];
  readonly notes: readonly string[];
  /** The next scenario needs another system. */
  readonly spoiled: boolean;
}

/** Load, fault, recovery, comparison. Rejects when the fault itself could not be produced as meant. */
export async function runScenario(
  scenario: Scenario,
  system: System,
  random: SeededRandom,
  long: boolean,
): Promise<ScenarioReport> {
  const notes: string[] = [];
  const ledger = createPointLedger();
  const before = { accounts: await readAccounts(system), ends: sum(await readEnds(system)) };
  const positions = watchPositions(system);
  const load = await startLoad({
    system,
    ledger,
    random: random.fork("load"),
    writers: scenario.writers ?? 3,
    readers: scenario.readers ?? 2,
    acknowledgement: scenario.acknowledgement,
  });
  const violations: string[] = [];
  let expected: Expectation = {};
  try {
    await load.acknowledged(20);
    const note = (text: string) => notes.push(text);
    expected = (await scenario.run({ system, random: random.fork("fault"), ledger, load, long, note })) ?? {};
    // Whatever the fault was, the system goes on by itself: new requests are acknowledged.
    await load.acknowledged(20, recoveryMs);
  } catch (error) {
    violations.push(`R: ${error instanceof Error ? error.message : String(error)}`);
    await system.recover();
  }
  await load.stop();
  await settle(system, recoveryMs).catch((error: Error) => violations.push(error.message));
  await positions.stop();
  if (!expected.replayed) violations.push(...positions.violations);
  violations.push(...load.meetings.violations);
  if (load.meetings.goodReads === 0 && scenario.readers !== 0)
    violations.push("W: not one read was answered, so nothing is known");
  try {
    violations.push(...(await checkPoints(system, ledger)));
    violations.push(...(await checkAccounts(system, before, expected)));
    violations.push(...(await findLeaks(system, recoveryMs)));
  } catch (error) {
    violations.push(`R: ${error instanceof Error ? error.message : String(error)}`);
  }
  violations.push(...checkProcesses(system));
  notes.push(
    `${ledger.count("acknowledged")} points in ${load.meetings.acknowledged} requests acknowledged, ${load.meetings.retries} retries, slowest ${Math.round(slowest(load.meetings.writeMs))} ms; ${load.meetings.goodReads} reads, ${load.meetings.postponedReads} postponed`,
  );
  if (!expected.planted) return { violations, notes, spoiled: false };
  const found = violations.find((violation) => expected.planted?.test(violation));
  return {
    violations: found ? [] : ["the planted fault was not found", ...violations],
    notes: [`${violations.length} violations found, as they should be: ${found}`, ...notes],
    spoiled: true,
  };
}

/** Each record of the log became exactly one thing: applied, recognised as repeated, or a dead letter. */
async function checkAccounts(
  system: System,
  before: { readonly accounts: Awaited<ReturnType<typeof readAccounts>>; readonly ends: number },
  expected: Expectation,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const after = await readAccounts(system);
  const letters = lettersSince(before.accounts, after);
  if (JSON.stringify(letters) !== JSON.stringify(sorted(expected.deadLetters ?? {})))
    wrong.push(
      `M: dead letters are ${JSON.stringify(letters)}, expected were ${JSON.stringify(expected.deadLetters ?? {})}`,
    );
  const quarantined = after.quarantined - before.accounts.quarantined;
  if (!expected.replayed && quarantined !== (expected.quarantined ?? 0))
    wrong.push(`L: ${quarantined} segments went into quarantine, expected were ${expected.quarantined ?? 0}`);
  if (expected.replayed) return wrong;
  const records = sum(await readEnds(system)) - before.ends - (expected.droppedRecords ?? 0);
  const lettersOfRecords = Object.entries(letters).reduce(
    (total, [reason, count]) => total + (reason === "lost" ? 0 : count),
    0,
  );
  const accounted = after.delivered - before.accounts.delivered + lettersOfRecords;
  if (accounted !== records)
    wrong.push(`D: the log has ${records} new records, ${accounted} deliveries are accounted for`);
  return wrong;
}

function checkProcesses(system: System): readonly string[] {
  return [...system.apis, ...system.ingests].flatMap((service) => [
    ...service.crashes.splice(0).map((crash) => `R: ${crash}`),
    ...(service.peakBytes > residentBytesMax
      ? [`B: ${service.name} took ${Math.round(service.peakBytes / 2 ** 20)} MB`]
      : []),
  ]);
}

function slowest(writeMs: readonly number[]): number {
  return writeMs.reduce((most, one) => Math.max(most, one), 0);
}

function sum(positions: ReadonlyMap<number, number>): number {
  return [...positions.values()].reduce((total, one) => total + one, 0);
}

function sorted(record: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(record).sort());
}
