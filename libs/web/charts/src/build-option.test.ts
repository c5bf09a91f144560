import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { buildOption, type OptionInput } from "./build-option.ts";
import type { ChartLine } from "./chart-line.ts";
import { prepareLines, xExtent } from "./prepare-lines.ts";

const colors = {
  surface: "#ffffff",
  line: "#eeeeee",
  label: "#666666",
  font: "monospace",
  resolve: (color: string) => (color === "var(--run-1)" ? "#4269d0" : color),
};

function build(lines: readonly ChartLine[], changes: Partial<OptionInput> = {}, smoothing = 0) {
  const yScale = changes.yScale ?? "linear";
  const option = buildOption({
    lines: prepareLines(lines, { yScale, smoothing, window: undefined }),
    xAxis: "step",
    yScale,
    extent: xExtent(lines, "step", undefined),
    smoothed: smoothing > 0,
    colors,
    width: 400,
    ...changes,
  });
  const series = option.series as readonly (LineSeriesOption | CustomSeriesOption)[];
  return { option, series, ids: series.map(({ id }) => id) };
}

test("a line is drawn in its resolved colour, with gaps where values are missing", () => {
  const { series } = build([makeLine([1, null, 3])]);
  expect(series).toHaveLength(1);
  expect(series[0]).toMatchObject({
    id: "strong:run-a",
    lineStyle: { color: "#4269d0" },
    data: [
      [0, 1],
      [1, null],
      [2, 3],
    ],
  });
});

test("bands lie under the lines, and smoothing keeps the raw line faintly between them", () => {
  const { ids } = build([makeLine([1, 2, 3], { max: [2, 3, 4] })], {}, 0.5);
  expect(ids).toEqual(["band:run-a", "faint:run-a", "strong:run-a"]);
});

test("few points are marked; of many only those without neighbours", () => {
  const few = build([makeLine([1, 2, 3])]).series[0];
  expect(few).toMatchObject({ symbol: "circle", showSymbol: true });
  const values = Array.from({ length: 60 }, (_, index) => (index > 40 && index !== 50 ? null : index));
  const many = build([makeLine(values)]).series[0];
  expect(many).toMatchObject({ symbol: "none" });
  const data = (many?.data ?? []) as readonly unknown[];
  expect(data[50]).toEqual({ value: [50, 50], symbol: "circle" });
  expect(data[10]).toEqual([10, 10]);
});

test("both axes end on what is shown and are marked at round values", () => {
  const { option } = build([makeLine([0.81, 0.9, 0.93], { x: [105, 150, 204] })]);
  expect(option.xAxis).toMatchObject({
    min: 105,
    max: 204,
    axisLabel: { customValues: [120, 140, 160, 180, 200] },
  });
  expect(option.yAxis).toMatchObject({ type: "value", min: 0.8, max: 0.95, interval: 0.05 });
});

test("a logarithmic axis and an axis of wall time are left to ECharts", () => {
  expect(build([makeLine([1, 10])], { yScale: "log" }).option.yAxis).toMatchObject({ type: "log" });
  expect(build([makeLine([1, 10])], { xAxis: "wall" }).option.xAxis).toMatchObject({ type: "time" });
});

test("nothing to draw is no error", () => {
  expect(build([]).series).toEqual([]);
});
