import type { ChartColors } from "@runweir/web-charts";
import { formatNumber, formatTick } from "@runweir/web-ui";
import type { CategoryScatter, ScatterData } from "./scatter-data.ts";

/** Points beyond this are drawn together, without hover: one by one they take seconds. */
const largeFrom = 4_000;
/** How far to both sides of its category a point may stand. */
const spread = 0.28;

/** The option of ECharts for a param against the target. Names in it are text, never markup. */
export function buildScatter(
  data: ScatterData,
  names: { readonly param: string; readonly target: string; readonly log: boolean },
  colors: ChartColors,
) {
  const text = { color: colors.label, fontFamily: colors.font, fontSize: 10 };
  const accent = colors.resolve("var(--run-1)");
  const points = data.kind === "number" ? data.points.filter(([x]) => !names.log || x > 0) : strip(data);
  const title = { ...text, fontSize: 11 };
  return {
    animation: false,
    grid: { left: 60, right: 14, top: 10, bottom: 44 },
    tooltip: {
      trigger: "item",
      renderMode: "richText",
      confine: true,
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { ...text, color: colors.resolve("var(--ink)") },
      formatter: ({ value }: { value: readonly number[] }) =>
        data.kind === "number"
          ? `${formatNumber(value[0]!)}, ${formatNumber(value[1]!)}`
          : `${data.categories[Math.round(value[0]!)]?.name}, ${formatNumber(value[1]!)}`,
    },
    xAxis: {
      name: names.param,
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: title,
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      ...(data.kind === "number"
        ? {
            type: names.log ? "log" : "value",
            scale: true,
            axisLabel: { ...text, hideOverlap: true, formatter: formatTick },
          }
        : {
            type: "value",
            min: -0.5,
            max: data.categories.length - 0.5,
            axisLabel: {
              ...text,
              customValues: data.categories.map((_, index) => index),
              formatter: (at: number) => data.categories[at]?.name ?? "",
              width: 90,
              overflow: "truncate",
              hideOverlap: true,
            },
          }),
    },
    yAxis: {
      name: names.target,
      nameLocation: "middle",
      nameGap: 46,
      nameTextStyle: title,
      type: "value",
      scale: true,
      // It would stand at the first category, where zero is.
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, formatter: formatTick },
      splitLine: { lineStyle: { color: colors.line } },
    },
    series: [
      {
        type: "scatter",
        data: points,
        symbolSize: points.length > 500 ? 4 : 6,
        large: points.length > largeFrom,
        itemStyle: { color: accent, opacity: points.length > 500 ? 0.35 : 0.6 },
      },
      ...(data.kind === "category" ? medians(data, colors.resolve("var(--ink)")) : []),
    ],
  };
}

/** Points beside each other where they would stand on each other, in the same places every time. */
function strip(data: CategoryScatter): readonly (readonly [number, number])[] {
  return data.categories.flatMap(({ values }, index) =>
    values.map((value, run): readonly [number, number] => {
      const share = (run * 0.618_033_988_75) % 1;
      return [index + (share - 0.5) * 2 * spread, value];
    }),
  );
}

/** A stroke at each median, a thinner one from quartile to quartile. */
function medians(data: CategoryScatter, color: string) {
  const line = (from: readonly number[], to: readonly number[], width: number) => ({
    type: "line",
    data: [from, to],
    silent: true,
    showSymbol: false,
    lineStyle: { color, width },
  });
  return data.categories.flatMap(({ box }, index) => [
    line([index - spread, box.median], [index + spread, box.median], 2.5),
    line([index, box.low], [index, box.high], 1.5),
  ]);
}
