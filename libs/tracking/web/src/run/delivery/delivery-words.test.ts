import type { Delivery } from "@runweir/tracking-trpc";
import { expect, it } from "vitest";
import { deliveryLine, gapWords, isEmpty, numberWords } from "./delivery-words.ts";

const none = { batches: 0, points: 0 };
const well: Delivery = {
  runId: "r",
  status: "FINISHED",
  state: "complete",
  accepted: { batches: 250, points: 12_480 },
  applied: { batches: 250, points: 12_480 },
  repeated: none,
  rejected: none,
  rejectedBatches: [],
  damagedBatches: 0,
  storedPoints: 12_480,
  duplicatePoints: 0,
  latePoints: 0,
  clients: [],
  clientCount: 0,
  missingBatches: 0,
  lastAppliedAt: 1,
  lastLagMs: 40,
  longestLagMs: 90,
  complete: null,
};

it.each([
  [{}, "12,480 points in 250 batches, all stored; lag 40 ms"],
  [{ lastLagMs: 0 }, "12,480 points in 250 batches, all stored"],
  [
    { state: "in_progress", storedPoints: 1, applied: { batches: 1, points: 1 } },
    "1 point in 1 batch so far, all stored; lag 40 ms",
  ],
  [{ state: "gaps", missingBatches: 3 }, "12,480 points stored; 3 batches missing"],
  [{ state: "rejected", rejected: { batches: 1, points: 5 } }, "12,480 points stored; 1 batch rejected"],
  [
    { state: "rejected", rejected: { batches: 2, points: 5 }, damagedBatches: 1 },
    "12,480 points stored; 2 batches rejected, 1 batch not merged",
  ],
  [{ state: "uncounted" }, "12,480 points stored, some from before deliveries were counted"],
] as const)("says in one line what became of the points: %j", (change, line) => {
  expect(deliveryLine({ ...well, ...change })).toBe(line);
});

it("names the first gaps and counts the others", () => {
  const gaps = [
    { from: 3, to: 4 },
    { from: 9, to: 9 },
    { from: 1_200, to: 1_300 },
  ];
  expect(gapWords({ gaps, gapCount: 3 })).toBe("3–4, 9, 1,200–1,300");
  expect(gapWords({ gaps, gapCount: 9 }, 2)).toBe("3–4, 9 and 7 more gaps");
  expect(gapWords({ gaps, gapCount: 4 })).toBe("3–4, 9, 1,200–1,300 and 1 more gap");
});

it("says from where to where the numbers go", () => {
  expect(numberWords({ first: 1, last: 1_250 })).toBe("1–1,250");
  expect(numberWords({ first: 7, last: 7 })).toBe("7");
  expect(numberWords({ first: null, last: null })).toBe("–");
});

it("has nothing to tell of a run that nobody sent points for", () => {
  const empty = { ...well, accepted: none, applied: none, storedPoints: 0 };
  expect(isEmpty(empty)).toBe(true);
  expect(isEmpty({ ...empty, clientCount: 1 })).toBe(false);
  expect(isEmpty({ ...empty, accepted: { batches: 1, points: 0 } })).toBe(false);
});
