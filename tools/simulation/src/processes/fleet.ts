import type { Process } from "../scheduler.ts";
import type { World } from "../world/world.ts";
import { type Api, createApi } from "./api.ts";
import { createGroup } from "./group.ts";
import { startMaintainer } from "./maintainer.ts";
import { createMember, type Member } from "./member.ts";

type Kind = "api" | "member" | "maintainer";

/** All processes of the system, and whoever starts them again when they have died. */
export interface Fleet {
  apis(): readonly Api[];
  kill(kind: Kind): void;
  /** For so long it stands still; the group takes a member for dead meanwhile. */
  freeze(kind: Kind, milliseconds: number): void;
  /** The group forgets a member that lives on and knows nothing of it. */
  forgetMember(): void;
  rebalance(): void;
  assignTwice(): void;
}

interface Running {
  readonly kind: Kind;
  readonly process: Process;
  readonly api?: Api;
  readonly member?: Member;
}

export function createFleet(world: World): Fleet {
  const { plan, random, scheduler, store } = world;
  const group = createGroup(world);
  let running: Running[] = [];
  let apis: readonly Api[] = [];
  let started = 0;

  function start(kind: Kind): void {
    started += 1;
    const process = scheduler.process(`${kind}-${started}`);
    if (kind === "api") running.push({ kind, process, api: createApi(world, process) });
    else if (kind === "member") {
      const member = createMember(world, process);
      running.push({ kind, process, member });
      group.join(member);
    } else {
      running.push({ kind, process });
      startMaintainer(world, process);
    }
    apis = running.flatMap(({ api }) => api ?? []);
  }

  function end(one: Running): void {
    const { kind, process, member } = one;
    process.kill();
    running = running.filter((other) => other !== one);
    apis = running.flatMap(({ api }) => api ?? []);
    // What it sent last may still arrive before its connections are found broken.
    scheduler.after(random.next() * 50, `${process.name} is gone`, () => store.disconnect(process));
    const missed = random.next() * 400;
    if (member) scheduler.after(missed, `${process.name} is missed`, () => group.leave(member));
    scheduler.after(20 + random.next() * 600, `${kind} starts again`, () => start(kind));
  }

  function ofKind(kind: Kind): Running | undefined {
    const some = running.filter((one) => one.kind === kind && !one.process.frozen);
    return some.length === 0 ? undefined : random.pick(some);
  }

  for (const [kind, count] of [
    ["api", plan.apis],
    ["member", plan.members],
    ["maintainer", plan.maintainers],
  ] as const)
    for (let i = 0; i < count; i += 1) start(kind);

  return {
    apis: () => apis,

    kill(kind) {
      const one = ofKind(kind);
      if (one) end(one);
    },

    freeze(kind, milliseconds) {
      const one = ofKind(kind);
      if (!one) return;
      const { process, member } = one;
      process.freeze();
      if (member) scheduler.after(milliseconds / 3, `${process.name} is missed`, () => group.leave(member));
      scheduler.after(milliseconds, `${process.name} goes on`, () => {
        process.thaw();
        if (!member) return;
        // It works on as if nothing had happened, until it hears of it.
        scheduler.after(random.next() * 300, `${process.name} joins again`, () => {
          if (process.alive) group.join(member);
        });
      });
    },

    forgetMember() {
      const member = ofKind("member")?.member;
      if (!member) return;
      group.leave(member);
      scheduler.after(100 + random.next() * 1_000, `${member.process.name} joins again`, () => {
        if (member.process.alive) group.join(member);
      });
    },

    rebalance: () => group.rebalance(),
    assignTwice: () => group.assignTwice(),
  };
}
