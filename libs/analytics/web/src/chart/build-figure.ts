import type { FigureDefinition } from "@runweir/analytics-domain";
import type { ChartColors } from "@runweir/web-charts";
import { formatTick } from "@runweir/web-ui";
import type { FigureData } from "./figure-data.ts";

/** The option of ECharts for a figure; nothing in it is markup, names least of all. */
export function buildFigure(figure: FigureDefinition, data: FigureData, colors: ChartColors) {
  const text = { color: colors.label, fontFamily: colors.font, fontSize: 11 };
  const isBar = figure.kind === "bar" || figure.kind === "histogram";
  const hasLegend = data.series.length > 1;
  return {
    animation: false,
    color: Array.from({ length: 10 }, (_, i) => colors.resolve(`var(--run-${i + 1})`)),
    grid: { left: 56, right: 16, top: hasLegend ? 36 : 12, bottom: 32 },
    legend: hasLegend
      ? // As high as its text, which is cut off above it otherwise.
        { type: "scroll", top: 0, textStyle: text, icon: "circle", itemHeight: 12, itemWidth: 12 }
      : undefined,
    tooltip: {
      trigger: figure.kind === "scatter" ? "item" : "axis",
      // As text: names are whatever somebody logged.
      renderMode: "richText",
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { ...text, color: colors.resolve("var(--ink)") },
      confine: true,
    },
    xAxis: {
      type: data.categories ? "category" : data.isTime ? "time" : "value",
      ...(data.categories ? { data: [...data.categories] } : { scale: true }),
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        hideOverlap: true,
        ...(data.categories ? { width: 90, overflow: "truncate" } : {}),
      },
    },
    yAxis: {
      type: "value",
      scale: !isBar,
      axisLabel: { ...text, formatter: formatTick },
      splitLine: { lineStyle: { color: colors.line } },
    },
    series: data.series.map(({ name, points }) => ({
      name,
      type: isBar ? "bar" : figure.kind,
      data: points,
      ...(figure.kind === "histogram" ? { barCategoryGap: "4%" } : {}),
      ...(figure.kind === "line"
        ? { showSymbol: points.length === 1, sampling: "minmax", lineStyle: { width: 1.5 } }
        : {}),
      ...(figure.kind === "scatter" ? { symbolSize: 6, large: points.length > 5_000 } : {}),
    })),
  };
}
