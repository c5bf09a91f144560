import { latency } from "../world/link.ts";
import type { World } from "../world/world.ts";
import type { Member } from "./member.ts";

/** Shares the partitions out among the members that it believes to live. What it believes need not be so. */
export interface Group {
  join(member: Member): void;
  leave(member: Member): void;
  rebalance(): void;
  /** Gives a partition to one more member, while the one that had it is not told. */
  assignTwice(): void;
}

export function createGroup(world: World): Group {
  const { plan, random, scheduler, faults } = world;
  let members: Member[] = [];
  let generation = 0;
  /** What the group believes each to have, whether they have heard of it or not. */
  const given = new WeakMap<Member, ReadonlySet<number>>();

  function tell(member: Member, partitions: ReadonlySet<number>): void {
    const told = generation;
    given.set(member, partitions);
    scheduler.after(
      latency(random, faults),
      `is given ${[...partitions].join(" ") || "nothing"}`,
      () => member.assign(partitions, told),
      member.process,
    );
  }

  function rebalance(): void {
    generation += 1;
    const order = random.shuffle(members);
    const shares = order.map(() => new Set<number>());
    for (const [i, partition] of random.shuffle(plan.partitions).entries())
      shares[i % order.length]?.add(partition);
    for (const [i, member] of order.entries()) tell(member, shares[i] as Set<number>);
  }

  return {
    join(member) {
      members = [...members.filter((one) => one !== member), member];
      rebalance();
    },
    leave(member) {
      members = members.filter((one) => one !== member);
      rebalance();
    },
    rebalance,
    assignTwice() {
      if (members.length === 0) return;
      generation += 1;
      const member = random.pick(members);
      tell(member, new Set([...(given.get(member) ?? []), random.pick(plan.partitions)]));
    },
  };
}
