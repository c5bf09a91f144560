import { expect, it } from "vitest";
import { createReadBarrier } from "./read-barrier.ts";

/** A log of one partition whose end and position change while somebody waits. */
function barrierOver(moments: readonly { readonly end: number; readonly applied: number }[]) {
  let now = 0;
  const at = () => moments[Math.min(now, moments.length - 1)] as { end: number; applied: number };
  const barrier = createReadBarrier({
    highWatermarks: async () => new Map([[0, at().end]]),
    nextOffsets: async () => new Map([[0, at().applied]]),
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

it("does not wait for what came after it was asked, nor for a log that is ahead", async () => {
  const { barrier, waited } = barrierOver([{ end: 9, applied: 7 }]);
  await barrier.awaitOffsets(new Map([[0, 5]]));
  await barrier.awaitPartitions(new Set());
  expect(waited()).toBe(0);
});

it("takes no position for one of this log that lies behind its end", async () => {
  const emptied = { end: 2, applied: 100 };
  const { barrier, waited } = barrierOver([emptied, emptied, { end: 2, applied: 0 }, { end: 2, applied: 2 }]);
  await barrier.awaitOffsets(new Map([[0, 2]]));
  expect(waited()).toBe(3);
});

it("takes no position of an earlier log, though the log has grown to it before its end was told", async () => {
  const positions = [4, 0, 0, 3];
  let asked = 0;
  const barrier = createReadBarrier({
    highWatermarks: async () => new Map([[0, 4]]),
    nextOffsets: async () => new Map([[0, positions[Math.min(asked++, positions.length - 1)] as number]]),
    clock: { now: () => 0 },
    pause: async () => {},
    deadlineMs: 5,
  });
  await barrier.awaitOffsets(new Map([[0, 3]]));
  expect(asked).toBe(4);
});

it("says after its deadline how much is missing", async () => {
  const { barrier } = barrierOver([{ end: 7, applied: 3 }]);
  await expect(barrier.awaitPartitions("all")).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("4 batches to go"),
  });
});
