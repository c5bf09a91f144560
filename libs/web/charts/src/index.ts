export type { ChartColors } from "./chart-colors.ts";
export type { ChartLine, ChartWindow, ChartXAxis, ChartYScale } from "./chart-line.ts";
export { Figure } from "./figure.tsx";
export { LineChart, type LineChartProps } from "./line-chart.tsx";
export { Sparkline } from "./sparkline.tsx";
export { useVisible } from "./use-visible.ts";
export { writeCsv } from "./write-csv.ts";
