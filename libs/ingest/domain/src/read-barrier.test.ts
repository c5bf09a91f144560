import { expect, it } from "vitest";
import type { LeaderTerm } from "./leader-terms.ts";
import { createReadBarrier } from "./read-barrier.ts";

interface Moment {
  readonly end: number;
  readonly applied: number;
  /** Of the log, and of what was applied. */
  readonly leader?: number;
  readonly leaders?: readonly LeaderTerm[];
}

/** A log of one partition whose end and position change while somebody waits. */
function barrierOver(
  moments: readonly Moment[],
  ended: readonly { readonly epoch: number; readonly end: number }[] = [],
) {
  let now = 0;
  const at = () => moments[Math.min(now, moments.length - 1)] as Moment;
  const barrier = createReadBarrier({
    ends: async () => new Map([[0, { high: at().end, leaderEpoch: at().leader }]]),
    positions: async () => {
      const { applied: nextOffset, leaders = [] } = at();
      return new Map([[0, { nextOffset, leaders, agreedWith: leaders.at(-1)?.epoch }]]);
    },
    endOfEpoch: async (_partition, epoch) => ended.findLast((term) => term.epoch <= epoch),
    clock: { now: () => now },
    async pause() {
      now += 1;
    },
    deadlineMs: 5,
  });
  return { barrier, waited: () => now };
}

it("waits until what was logged is applied", async () => {
  const { barrier, waited } = barrierOver([
    { end: 3, applied: 1 },
    { end: 9, applied: 2 },
    { end: 9, applied: 3 },
  ]);
  await barrier.awaitPartitions(new Set([0]));
  expect(waited()).toBe(2);
});

it("does not wait for what came after it was asked", async () => {
  const { barrier, waited } = barrierOver([{ end: 9, applied: 7 }]);
  await barrier.awaitRecord({ partition: 0, offset: 4 }, undefined);
  await barrier.awaitPartitions(new Set());
  expect(waited()).toBe(0);
});

it("takes no position for one of this log that lies behind its end", async () => {
  const emptied = { end: 2, applied: 100 };
  const { barrier, waited } = barrierOver([emptied, emptied, { end: 2, applied: 0 }, { end: 2, applied: 2 }]);
  await barrier.awaitRecord({ partition: 0, offset: 1 }, undefined);
  expect(waited()).toBe(3);
});

it("takes no position of a log that lost its end, though the log has grown to it and beyond", async () => {
  const one = { epoch: 1, from: 0 };
  const lost = { end: 9, applied: 8, leader: 3, leaders: [one] };
  const moments = [
    lost,
    lost,
    { ...lost, applied: 5, leaders: [one, { epoch: 3, from: 5 }] },
    { ...lost, applied: 9, leaders: [one, { epoch: 3, from: 5 }] },
  ];
  const ended = [
    { epoch: 1, end: 5 },
    { epoch: 3, end: 9 },
  ];
  const record = barrierOver(moments, ended);
  await record.barrier.awaitRecord({ partition: 0, offset: 6 }, 3);
  expect(record.waited()).toBe(3);
  const partition = barrierOver(moments, ended);
  await partition.barrier.awaitPartitions("all");
  expect(partition.waited()).toBe(3);
});

it("is content with a position that another leader has taken over as it was", async () => {
  const { barrier, waited } = barrierOver(
    [{ end: 8, applied: 8, leader: 3, leaders: [{ epoch: 1, from: 0 }] }],
    [{ epoch: 1, end: 8 }],
  );
  await barrier.awaitPartitions("all");
  expect(waited()).toBe(0);
});

it("does not say of a record that it is applied where another leader may have put another in its place", async () => {
  const { barrier } = barrierOver([
    {
      end: 9,
      applied: 9,
      leader: 3,
      leaders: [
        { epoch: 1, from: 0 },
        { epoch: 3, from: 5 },
      ],
    },
  ]);
  await barrier.awaitRecord({ partition: 0, offset: 4 }, 1);
  await expect(barrier.awaitRecord({ partition: 0, offset: 6 }, 1)).rejects.toMatchObject({
    code: "unavailable",
    reason: "leader_changed",
  });
  await barrier.awaitRecord({ partition: 0, offset: 6 }, await barrier.leaderOf(0));
});

it("says after its deadline how much is missing", async () => {
  const { barrier } = barrierOver([{ end: 7, applied: 3 }]);
  await expect(barrier.awaitPartitions("all")).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("4 batches to go"),
  });
});
