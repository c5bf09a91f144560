import { DomainError } from "@runweir/errors";
import type { AppendReceipt, PointBatch } from "@runweir/ingest-domain";
import { namesOf } from "../checker/truth.ts";
import { concatenate, drawBatch } from "../draw-batch.ts";
import type { World } from "../world/world.ts";
import type { Api } from "./api.ts";
import { createCaller } from "./caller.ts";

const attempts = 8;

export interface Client {
  readonly done: boolean;
}

/** A training process that logs points of these runs, tries again when it must, and now and then looks at them. */
export function startClient(
  world: World,
  name: string,
  apis: () => readonly Api[],
  runs: readonly string[],
): Client {
  const { plan, random, scheduler, checker } = world;
  const caller = createCaller(world, name, apis);
  const sequences = new Map<string, number>();
  const before: PointBatch[] = [];
  let done = false;

  async function write(runId: string): Promise<void> {
    const disasters = world.disasters();
    const points = drawPoints();
    before.push(points);
    const names = namesOf(runId, points);
    const sequence = (sequences.get(runId) ?? 0) + 1;
    sequences.set(runId, sequence);
    checker.truth.send(names);
    const acknowledgement = random.chance(0.3) ? "applied" : "logged";
    const request = {
      workspace: "default",
      runId,
      points,
      acknowledgement,
      sender: { client: name, sequence },
    } as const;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const receipt = await caller
        .ask(`append ${names.length} to ${runId} as ${name}/${sequence}`, (api) => api.front.append(request))
        .catch((error: unknown) => refusedForGood(world, error));
      if (receipt) {
        hear(receipt, { runId, client: name, sequence, names });
        // What is known to be applied needs no waiting for.
        const isThere = receipt.status === "accepted" && receipt.applied && disasters === world.disasters();
        if (isThere && checker.truth.acknowledged.length % 2 === 0) await caller.readAtOnce(runId, names);
        return;
      }
      await scheduler.wait(100 * 2 ** attempt * random.next(), "tries again", caller.process);
    }
  }

  function hear(
    receipt: AppendReceipt,
    request: { runId: string; client: string; sequence: number; names: readonly string[] },
  ): void {
    if (receipt.status === "accepted") checker.truth.acknowledge(request, receipt.applied);
    else if (receipt.status === "run_not_found" || !checker.truth.deletedRuns.has(request.runId))
      checker.violate("L", `run ${request.runId} was answered as ${receipt.status}`);
  }

  /** New points, or some of an earlier request with them: another request, partly the same points. */
  function drawPoints(): PointBatch {
    const fresh = drawBatch(world);
    return before.length > 0 && random.chance(plan.overlap) ? concatenate(random.pick(before), fresh) : fresh;
  }

  async function live(): Promise<void> {
    for (const runId of runs) {
      await write(runId);
      if (random.chance(0.5)) await caller.read(random.pick(plan.runs));
      await scheduler.wait(random.next() * 100, "computes", caller.process);
    }
    done = true;
  }

  void live();
  return {
    get done() {
      return done;
    },
  };
}

/** A page that shows one run after the other, as long as anybody writes. */
export function startPage(world: World, name: string, apis: () => readonly Api[], done: () => boolean): void {
  const { plan, random, scheduler } = world;
  const caller = createCaller(world, name, apis);
  async function live(): Promise<void> {
    while (!done()) {
      await caller.read(random.pick(plan.runs));
      await scheduler.wait(random.next() * 100, "is looked at", caller.process);
    }
  }
  void live();
}

/** Once everything is at rest: every run is read, and no read may be refused for long. */
export function startLastPage(world: World, apis: () => readonly Api[]): Client {
  const caller = createCaller(world, "last-page", apis);
  let done = false;
  async function live(): Promise<void> {
    for (const runId of world.plan.runs)
      while (!(await caller.read(runId))) await world.scheduler.wait(100, "reads again", caller.process);
    done = true;
  }
  void live();
  return {
    get done() {
      return done;
    },
  };
}

/** What may pass is tried again; anything else should not have been answered. */
function refusedForGood({ checker }: World, error: unknown): undefined {
  if (error instanceof DomainError && error.code !== "unavailable" && error.code !== "resource_exhausted")
    checker.violate("R", `a good request was refused: ${error.message}`);
  return undefined;
}
