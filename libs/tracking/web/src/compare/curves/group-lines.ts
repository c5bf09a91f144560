import type { WireGroupCurve } from "@runweir/tracking-trpc";
import type { ChartLine, ChartWords } from "@runweir/web-charts";
import { fromWireNumber, runColorSlots } from "@runweir/web-ui";

export const bands = ["deviation", "quantiles", "range"] as const;
/** What is drawn around a group's middle. */
export type Band = (typeof bands)[number];

export const bandTitles: Readonly<Record<Band, string>> = {
  deviation: "mean ± standard deviation",
  quantiles: "median, 25–75 % and 5–95 %",
  range: "mean, min–max",
};

export const bandWords: Readonly<Record<Band, ChartWords>> = {
  deviation: { line: "group", min: "mean − sd", max: "mean + sd", last: "mean" },
  quantiles: { line: "group", min: "5 %", max: "95 %", last: "median" },
  range: { line: "group", min: "min", max: "max", last: "mean" },
};

export interface GroupLine extends ChartLine {
  readonly runs: number;
}

/** The groups as lines of a chart, the largest first; a group has the same colour in all charts of the same groups. */
export function groupLines(curves: readonly WireGroupCurve[], band: Band): readonly GroupLine[] {
  const ids = curves.map(({ group }) => idOf(group));
  // By name: charts whose groups are of other sizes give the same colours.
  const slots = runColorSlots(ids.toSorted());
  return curves.map((curve, index) => {
    const id = ids[index]!;
    const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
    return {
      id,
      label: curve.group ?? "without a value",
      color: curve.group === null ? "var(--run-10)" : `var(--run-${slots.get(id) ?? 1})`,
      x: curve.step,
      ...shapeOf(curve, band),
      samples: { n: curve.n, notFinite: curve.notFinite },
      runs: curve.runs,
      storedPoints: total(curve.n) + total(curve.notFinite),
      drawnPoints: curve.step.length,
      nanPoints: total(curve.notFinite),
    };
  });
}

/** A group's name cannot be this: names of values begin otherwise. */
const idOf = (group: string | null) => (group === null ? "none" : `=${group}`);

function shapeOf(curve: WireGroupCurve, band: Band) {
  const { mean, quantiles } = curve;
  switch (band) {
    case "deviation":
      return { last: mean, min: around(curve, -1), max: around(curve, 1) };
    case "quantiles":
      return {
        last: quantiles.p50,
        min: quantiles.p05,
        max: quantiles.p95,
        inner: { min: quantiles.p25, max: quantiles.p75 },
      };
    case "range":
      return { last: mean, min: curve.min, max: curve.max };
  }
}

/** A standard deviation from the mean; the mean itself where one run alone has no deviation. */
function around({ mean, deviation }: WireGroupCurve, side: 1 | -1): ChartLine["min"] {
  return mean.map((value, index) => {
    if (value === null) return null;
    const far = deviation[index] ?? 0;
    const end = fromWireNumber(value) + side * fromWireNumber(far);
    return Number.isFinite(end) ? end : null;
  });
}
