import type { ChartLine, ChartXAxis } from "./chart-line.ts";

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
  return [["run_id", "run", x, "min", "max", "last"], ...rows]
    .map((row) => row.map(quote).join(","))
    .join("\n")
    .concat("\n");
}

function quote(value: string | number): string {
  const text = String(value);
  // A name that begins like a formula would be run by a spreadsheet.
  const safe = typeof value === "string" && /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
