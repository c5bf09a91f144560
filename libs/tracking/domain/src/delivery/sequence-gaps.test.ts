import { expect, it } from "vitest";
import { sequenceGaps } from "./sequence-gaps.ts";

const none = { missing: 0, gapCount: 0, gaps: [] };

it("finds what is missing before, between and behind what came", () => {
  const received = [
    { from: 3, to: 5 },
    { from: 7, to: 7 },
  ];
  expect(sequenceGaps(received, 10, 9)).toEqual({
    missing: 5,
    gapCount: 3,
    gaps: [
      { from: 1, to: 2 },
      { from: 6, to: 6 },
      { from: 8, to: 9 },
    ],
  });
});

it("lists the first gaps and counts them all", () => {
  const received = Array.from({ length: 50 }, (_, i) => ({ from: 2 * i + 2, to: 2 * i + 2 }));
  const found = sequenceGaps(received, 3);
  expect(found).toMatchObject({ missing: 50, gapCount: 50 });
  expect(found.gaps.map(({ from }) => from)).toEqual([1, 3, 5]);
});

it("finds none where the numbers run from 1 to the end", () => {
  expect(sequenceGaps([{ from: 1, to: 4 }], 10)).toEqual(none);
  expect(sequenceGaps([{ from: 1, to: 4 }], 10, 4)).toEqual(none);
  expect(sequenceGaps([{ from: 1, to: 4 }], 10, 2)).toEqual(none);
  expect(sequenceGaps([], 10)).toEqual(none);
  expect(sequenceGaps([], 10, 0)).toEqual(none);
});

it("misses everything of a client that never came", () => {
  expect(sequenceGaps([], 10, 3)).toEqual({ missing: 3, gapCount: 1, gaps: [{ from: 1, to: 3 }] });
});
