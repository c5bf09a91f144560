import type { ChartLine, ChartXAxis } from "./chart-line.ts";
import { writeCsv } from "./write-csv.ts";

/** The drawn buckets of all lines, one row each, every digit kept. */
export function toCsv(lines: readonly ChartLine[], xAxis: ChartXAxis): string {
  const x = xAxis === "step" ? "step" : `${xAxis}_ms`;
  const rows = lines.flatMap((line) =>
    line.x.map((value, index) => [
      line.id,
      line.label,
      value,
      line.min[index] ?? "NaN",
      line.max[index] ?? "NaN",
      line.last[index] ?? "NaN",
    ]),
  );
  return writeCsv([["run_id", "run", x, "min", "max", "last"], ...rows]);
}
