import type { SeriesPoints } from "@runweir/ingest-domain";
import { expect, test } from "vitest";
import { createPointComparison } from "./compare-points.ts";

type Point = readonly [timestamp: number, step: number, value: number];

const seriesOf = (points: readonly Point[]): SeriesPoints => ({
  timestamps: Float64Array.from(points, ([timestamp]) => timestamp),
  steps: Float64Array.from(points, ([, step]) => step),
  values: Float64Array.from(points, ([, , value]) => value),
});
const exported: readonly Point[] = [
  [1, 0, -0],
  [1, 1, 2],
  [1, 1, 3],
  [2, 0, Number.NaN],
  [2, 0, Number.NEGATIVE_INFINITY],
];

/** Handed over in pieces, as it is read. */
function compare(here: readonly Point[]) {
  const comparison = createPointComparison(seriesOf(exported));
  for (let from = 0; from < here.length; from += 2) comparison.add(seriesOf(here.slice(from, from + 2)));
  return comparison.end();
}

test.each<readonly [string, readonly Point[], { lost: number; altered: number }]>([
  ["the same", exported, { lost: 0, altered: 0 }],
  ["nothing", [], { lost: 5, altered: 0 }],
  ["a zero of the other sign", exported.with(0, [1, 0, 0]), { lost: 0, altered: 0 }],
  ["one that went on", [...exported, [3, 2, 1], [3, 2, 2]], { lost: 0, altered: 0 }],
  ["one that has an earlier point", [[0, 9, 1], ...exported], { lost: 0, altered: 0 }],
  ["another value in the middle", exported.with(1, [1, 1, 2.5]), { lost: 1, altered: 1 }],
  ["a value that was not a number", exported.toSpliced(3, 1).concat([[2, 0, 7]]), { lost: 1, altered: 1 }],
  ["a smaller value in place of the first", exported.with(0, [1, 0, -1]), { lost: 1, altered: 1 }],
  ["a value beside those exported", exported.toSpliced(3, 0, [1, 1, 4]), { lost: 0, altered: 1 }],
  ["another step", exported.with(1, [1, 0, 2]), { lost: 1, altered: 1 }],
  ["another time", exported.with(4, [3, 0, Number.NEGATIVE_INFINITY]), { lost: 1, altered: 0 }],
  ["all but the last", exported.slice(0, 4), { lost: 1, altered: 0 }],
])("%s", (_name, here, expected) => {
  expect(compare(here)).toEqual(expected);
});
