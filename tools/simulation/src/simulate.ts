import { checkEnd, unfinished } from "./checker/check-end.ts";
import { createChecker, type Violation } from "./checker/checker.ts";
import { createDisturber } from "./disturb.ts";
import { type Parts, soundParts } from "./parts/parts.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { startClient, startLastPage, startPage } from "./processes/client.ts";
import { createFleet, type Fleet } from "./processes/fleet.ts";
import { createRandom } from "./random.ts";
import { createScheduler } from "./scheduler.ts";
import { createTrace } from "./trace.ts";
import { createLink } from "./world/link.ts";
import { createMemoryStore } from "./world/memory-store.ts";
import { createPartitionLog, NotTaken } from "./world/partition-log.ts";
import type { World } from "./world/world.ts";

export interface SimulationResult {
  readonly seed: number;
  readonly plan: Plan;
  readonly violation: Violation | undefined;
  readonly steps: number;
  readonly virtualSeconds: number;
  /** Equal for equal runs. */
  readonly hash: string;
  readonly lastLines: readonly string[];
  readonly acknowledged: number;
  /** Reads that were answered and compared with what had been acknowledged. */
  readonly reads: number;
}

/** No seed needs longer while things go wrong; what is not done then is given up. */
const troubleMs = 60_000;
/** By then everything has come to rest again, without anybody's help. */
const recoveryMs = 120_000;
/** By then, at rest, every run has been read. */
const lastReadsMs = 20_000;

/** Runs one seed to its end, or to the first violation. */
export async function simulate(
  seed: number,
  options: { readonly parts?: Parts; readonly lines?: number } = {},
): Promise<SimulationResult> {
  const { parts = soundParts, lines = 40 } = options;
  const trace = createTrace(lines);
  const random = createRandom(seed);
  const plan = drawPlan(random);
  const world = createWorld(plan, parts, random, createScheduler(trace));
  const { scheduler, checker, faults } = world;
  const fleet = createFleet(world);
  const clients = Array.from({ length: plan.clients }, (_, i) => {
    const runs = Array.from({ length: plan.requestsPerClient }, () => random.pick(plan.runs));
    return startClient(world, `client-${i + 1}`, fleet.apis, runs);
  });
  const areDone = (): boolean => clients.every((client) => client.done);
  for (let i = 0; i < plan.pages; i += 1) startPage(world, `page-${i + 1}`, fleet.apis, areDone);
  disturbNowAndThen(world, fleet);

  const isWrong = (): boolean => {
    checkQueues(world, fleet);
    return checker.violation !== undefined;
  };
  await scheduler.run(() => isWrong() || areDone(), troubleMs);
  if (!checker.violation) {
    faults.active = false;
    Object.assign(faults, { lostRequest: 0, lostAnswer: 0, slow: 150, logAway: false, logUnheard: false });
    world.store.up = true;
    // Whoever stood still goes on by itself; whoever died is being started. A last word to every run has to get through.
    const last = startClient(world, "last-client", fleet.apis, plan.runs);
    const until = scheduler.now() + recoveryMs;
    const isDone = (): boolean => last.done && unfinished(world) === undefined;
    if (!(await scheduler.run(() => isWrong() || isDone(), until)))
      checker.violate("R", unfinished(world) ?? "the last requests were not answered");
  }
  if (!checker.violation) checkEnd(world);
  if (!checker.violation) {
    const lastPage = startLastPage(world, fleet.apis);
    const soon = scheduler.now() + lastReadsMs;
    if (!(await scheduler.run(() => isWrong() || lastPage.done, soon)))
      checker.violate("R", "everything is applied, and yet reads are refused");
  }
  return {
    seed,
    plan,
    violation: checker.violation,
    steps: trace.steps,
    virtualSeconds: scheduler.now() / 1_000,
    hash: trace.hash,
    lastLines: trace.last(),
    acknowledged: checker.truth.acknowledged.length,
    reads: checker.reads,
  };
}

function createWorld(
  plan: Plan,
  parts: Parts,
  random: World["random"],
  scheduler: World["scheduler"],
): World {
  const { lostRequest, lostAnswer } = plan;
  const faults = { active: true, lostRequest, lostAnswer, slow: 150, logAway: false, logUnheard: false };
  const checker = createChecker();
  const log = createPartitionLog(plan.partitions);
  const store = createMemoryStore({
    scheduler,
    random,
    faults,
    onDone: () => checker.checkPositions(store.state, log),
  });
  for (const [i, runId] of plan.runs.entries())
    store.state.runs.set(runId, { runNo: i + 1, workspace: "default", stage: "active" });
  const logLink = createLink({
    scheduler,
    random,
    faults,
    isUp: () => !faults.logAway,
    isUnheard: () => faults.logUnheard,
    refusal: () => new NotTaken("the broker does not answer"),
  });
  let numbers = 0;
  return {
    plan,
    parts,
    random,
    scheduler,
    faults,
    log,
    logLink,
    store,
    checker,
    unique() {
      numbers += 1;
      return numbers;
    },
    disasters: () => store.restores + log.resets,
  };
}

function disturbNowAndThen(world: World, fleet: Fleet): void {
  const { plan, random, scheduler, faults } = world;
  if (plan.disturbances.length === 0) return;
  const disturb = createDisturber(world, fleet);
  const next = (): void =>
    scheduler.after(random.next() * 300, "trouble", () => {
      if (!faults.active) return;
      const what = random.pick(plan.disturbances);
      scheduler.after(0, what, () => disturb(what));
      next();
    });
  next();
}

/** A queue takes a request that finds it empty, else nothing beyond its limit. */
function checkQueues({ plan, checker }: World, fleet: Fleet): void {
  const most = Math.max(plan.queueBytes, 400);
  for (const { process, front } of fleet.apis())
    if (front.queuedBytes > most)
      checker.violate("B", `${front.queuedBytes} bytes wait in ${process.name}, at most ${most} may`);
}
