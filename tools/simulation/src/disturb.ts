import type { Disturbance } from "./plan.ts";
import { drawPoison } from "./poison.ts";
import type { Fleet } from "./processes/fleet.ts";
import type { LoggedRecord } from "./world/partition-log.ts";
import { rotateRequests } from "./world/store-state.ts";
import type { World } from "./world/world.ts";

/** Everything that goes wrong from outside; what it changes back it does after a while. */
export function createDisturber(world: World, fleet: Fleet): (what: Disturbance) => void {
  const { plan, random, scheduler, faults, store, log, checker } = world;
  const later = (most: number, label: string, action: () => void): void =>
    scheduler.after(random.next() * most, label, action);

  function lose(partition: number, gone: readonly LoggedRecord[], how: "reset" | "dropped"): void {
    const dealtWith = store.state.dealtWith.get(partition);
    for (const record of gone) {
      if (dealtWith?.has(record.name)) continue;
      record.lost = true;
      checker.truth.lose(record.body, how);
    }
  }

  /** Everything that is applied may be dropped, and some of what is not, if that is what goes wrong. */
  function dropRecords(beyondApplied: number): void {
    const partition = random.pick(plan.partitions);
    const position = store.state.positions.get(partition);
    // What was applied of a log that was put back since says nothing of what may be dropped of this one.
    if (log.resets > 0 && position?.agreedWith !== log.partition(partition).leaderEpoch) return;
    const next = position?.nextOffset ?? 0;
    lose(partition, log.dropBelow(partition, next + beyondApplied), "dropped");
  }

  function restoreStore(): void {
    store.backUp();
    later(3_000, "store is put back", () => {
      if (!faults.active || !store.restore()) return;
      checker.declareRestore(store.state);
    });
  }

  /** Without some of its last records, or back to its first ones, or to nothing. */
  function resetLog(): void {
    const partition = random.pick(plan.partitions);
    const { high } = log.partition(partition);
    const end = random.chance(0.5) ? random.below(high + 1) : Math.max(0, high - random.below(4));
    lose(partition, log.reset(partition, end), "reset");
    checker.declareReset(partition);
  }

  const actions: Readonly<Record<Disturbance, () => void>> = {
    "kill api": () => fleet.kill("api"),
    "kill member": () => fleet.kill("member"),
    "kill maintainer": () => fleet.kill("maintainer"),
    "freeze api": () => fleet.freeze("api", random.next() * 3_000),
    "freeze member": () => fleet.freeze("member", random.next() * 3_000),
    "freeze maintainer": () => fleet.freeze("maintainer", random.next() * 2_000),
    rebalance: () => fleet.rebalance(),
    "assign twice": () => fleet.assignTwice(),
    "forget member": () => fleet.forgetMember(),
    "store outage"() {
      store.up = false;
      store.crash();
      later(1_500, "store is back", () => {
        store.up = true;
      });
    },
    "log outage"() {
      faults.logAway = true;
      later(1_500, "log is back", () => {
        faults.logAway = false;
      });
    },
    "log unheard"() {
      faults.logUnheard = true;
      later(1_000, "log is heard again", () => {
        faults.logUnheard = false;
      });
    },
    "restore store": restoreStore,
    "change leader": () => log.changeLeader(random.pick(plan.partitions)),
    "reset log": resetLog,
    "drop applied records": () => dropRecords(-random.below(4)),
    "drop unapplied records": () => dropRecords(random.below(4)),
    poison() {
      const { partition, content, reason } = drawPoison(world);
      log.appendPoison(partition, content, reason, scheduler.now());
    },
    "leave hole": () => log.leaveHole(random.pick(plan.partitions)),
    "delete run"() {
      const runId = random.pick(plan.runs);
      const run = store.state.runs.get(runId);
      if (!run) return;
      checker.truth.deletedRuns.add(runId);
      store.state.runs.set(runId, { ...run, stage: "deleted" });
    },
    "rotate requests": () => rotateRequests(store.state),
    slow() {
      faults.slow = 1_000;
      later(2_000, "fast again", () => {
        faults.slow = 150;
      });
    },
  };
  return (what) => actions[what]();
}
