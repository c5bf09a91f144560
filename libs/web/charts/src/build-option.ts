import { formatTick } from "@runweir/web-ui";
import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { formatXTick, tickInterval, ticksBetween } from "./axis-ticks.ts";
import type { ChartColors } from "./chart-colors.ts";
import type { ChartWindow, ChartXAxis, ChartYScale } from "./chart-line.ts";
import { drawBand } from "./draw-band.ts";
import type { PreparedLine } from "./prepare-lines.ts";
import { formatValueTick, valueTicks } from "./value-ticks.ts";

export type LineChartOption = ComposeOption<LineSeriesOption | CustomSeriesOption | GridComponentOption>;

export interface OptionInput {
  readonly lines: readonly PreparedLine[];
  readonly xAxis: ChartXAxis;
  readonly yScale: ChartYScale;
  readonly extent: ChartWindow;
  readonly smoothed: boolean;
  readonly colors: ChartColors;
  /** Of the plot, in CSS pixels; decides how many ticks fit. */
  readonly width: number;
}

/** Up to this many points each is marked, so that a few of them do not vanish in a thin line. */
const markedPointsMax = 30;

/** The whole picture as an ECharts option. Pure: colours are resolved before, hovering and zooming are drawn on top. */
export function buildOption(input: OptionInput): LineChartOption {
  const { lines, colors } = input;
  return {
    animation: false,
    backgroundColor: colors.surface,
    grid: {
      left: 8,
      right: 10,
      top: 8,
      bottom: 4,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: buildXAxis(input),
    yAxis: buildYAxis(input),
    series: [
      ...lines.filter(({ hasBand }) => hasBand).map((line) => buildBand(line, "band", colors)),
      ...lines.flatMap((line) =>
        line.inner ? [buildBand({ ...line, ...line.inner }, "inner", colors)] : [],
      ),
      ...(input.smoothed ? lines.map((line) => buildLine(line, colors, "faint")) : []),
      ...lines.map((line) => buildLine(line, colors, "strong")),
    ],
  };
}

function buildXAxis({ xAxis, extent, colors, width }: OptionInput) {
  const label = { color: colors.label, fontSize: 10, fontFamily: colors.font, hideOverlap: true };
  const lines = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const ends = { min: extent.from, max: extent.to };
  const ticks = Math.max(2, Math.min(8, Math.floor(width / 72)));
  if (xAxis === "wall")
    return { type: "time" as const, ...ends, ...lines, splitNumber: ticks, axisLabel: label };
  const interval = tickInterval(xAxis, extent.to - extent.from, ticks);
  return {
    type: "value" as const,
    ...ends,
    ...lines,
    axisLabel: {
      ...label,
      // ECharts counts its own ticks from the left end, which zooming puts anywhere.
      customValues: [...ticksBetween(extent.from, extent.to, interval)],
      formatter: (value: number) => formatXTick(xAxis, value, interval),
    },
  };
}

function buildYAxis({ lines, yScale, colors }: OptionInput) {
  const ticks = yScale === "log" ? undefined : valueTicks(lines);
  return {
    type: yScale === "log" ? ("log" as const) : ("value" as const),
    scale: true,
    ...ticks,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colors.line } },
    axisLabel: {
      color: colors.label,
      fontSize: 10,
      fontFamily: colors.font,
      formatter: (value: number) => (ticks ? formatValueTick(value, ticks.interval) : formatTick(value)),
    },
  };
}

function buildBand(line: PreparedLine, which: "band" | "inner", colors: ChartColors): CustomSeriesOption {
  return {
    id: `${which}:${line.id}`,
    type: "custom",
    silent: true,
    clip: true,
    z: 1,
    dimensions: ["x", "min", "max"],
    encode: { x: 0, y: [1, 2] },
    data: line.x.map((x, index) => [x, line.min[index] ?? Number.NaN, line.max[index] ?? Number.NaN]),
    renderItem: (params, api) => drawBand(line, colors.resolve(line.color), params, api),
  };
}

function buildLine(line: PreparedLine, colors: ChartColors, weight: "faint" | "strong"): LineSeriesOption {
  const strong = weight === "strong";
  const values = strong ? line.shown : line.last;
  const color = colors.resolve(line.color);
  const marked = line.x.length <= markedPointsMax;
  return {
    id: `${weight}:${line.id}`,
    type: "line",
    silent: true,
    z: strong ? 3 : 2,
    data: line.x.map((x, index) => {
      const value = [x, values[index] ?? null];
      // Between two gaps there is no line to be seen.
      return strong && !marked && isAlone(values, index) ? { value, symbol: "circle" } : value;
    }),
    showSymbol: strong,
    symbol: marked ? "circle" : "none",
    symbolSize: 4,
    lineStyle: { color, width: strong ? 1.6 : 1, opacity: strong ? 1 : 0.3 },
    itemStyle: { color },
  };
}

function isAlone(values: readonly (number | null)[], index: number): boolean {
  return (
    typeof values[index] === "number" &&
    typeof values[index - 1] !== "number" &&
    typeof values[index + 1] !== "number"
  );
}
