export type { ChartLine, ChartWindow, ChartXAxis, ChartYScale } from "./chart-line.ts";
export { LineChart, type LineChartProps } from "./line-chart.tsx";
export { Sparkline } from "./sparkline.tsx";
export { useVisible } from "./use-visible.ts";
