import type { WireGroupCurve } from "@runweir/tracking-trpc";
import { expect, it } from "vitest";
import { groupLines } from "./group-lines.ts";

function makeCurve(group: string | null, changes: Partial<WireGroupCurve> = {}): WireGroupCurve {
  return {
    group,
    runs: 3,
    step: [0, 10],
    n: [3, 1],
    notFinite: [0, 2],
    mean: [2, 5],
    deviation: [0.5, null],
    min: [1.5, 5],
    max: [2.5, 5],
    quantiles: { p05: [1.6, 5], p25: [1.8, 5], p50: [2.1, 5], p75: [2.2, 5], p95: [2.4, 5] },
    ...changes,
  };
}

it("draws the mean with a standard deviation on both sides, none where one run stands alone", () => {
  const [line] = groupLines([makeCurve("xgb")], "deviation");
  expect(line).toMatchObject({
    label: "xgb",
    x: [0, 10],
    last: [2, 5],
    min: [1.5, 5],
    max: [2.5, 5],
    runs: 3,
  });
  expect(line?.samples).toEqual({ n: [3, 1], notFinite: [0, 2] });
  expect(line?.inner).toBeUndefined();
});

it("draws the median in two bands, or the mean between the ends", () => {
  const [median] = groupLines([makeCurve("xgb")], "quantiles");
  expect(median).toMatchObject({
    last: [2.1, 5],
    min: [1.6, 5],
    max: [2.4, 5],
    inner: { min: [1.8, 5], max: [2.2, 5] },
  });
  expect(groupLines([makeCurve("xgb")], "range")[0]).toMatchObject({
    last: [2, 5],
    min: [1.5, 5],
    max: [2.5, 5],
  });
});

it("leaves a gap where no value is finite", () => {
  const nothing = { n: [0, 1], notFinite: [3, 0], mean: [null, 5], deviation: [null, null] };
  expect(groupLines([makeCurve("a", nothing)], "deviation")[0]).toMatchObject({
    min: [null, 5],
    nanPoints: 3,
  });
});

it("tells groups apart, the runs without a value and a value of any name too", () => {
  const lines = groupLines([makeCurve("none"), makeCurve(null), makeCurve("null")], "range");
  expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
  expect(lines.map(({ label }) => label)).toEqual(["none", "without a value", "null"]);
  const color = (order: readonly string[], of: string) =>
    groupLines(
      order.map((group) => makeCurve(group)),
      "range",
    ).find(({ label }) => label === of)?.color;
  expect(color(["a", "b", "c"], "b")).toBe(color(["c", "b", "a"], "b"));
});
