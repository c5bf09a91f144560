import { type ChartLine, type ChartWords, type ChartXAxis, runWords } from "./chart-line.ts";
import { writeCsv } from "./write-csv.ts";

/** The drawn buckets of all lines, one row each, every digit kept. */
export function toCsv(lines: readonly ChartLine[], xAxis: ChartXAxis, words: ChartWords = runWords): string {
  const x = xAxis === "step" ? "step" : `${xAxis}_ms`;
  const sampled = lines.some(({ samples }) => samples !== undefined);
  const rows = lines.flatMap((line) =>
    line.x.map((value, index) => [
      line.id,
      line.label,
      value,
      line.min[index] ?? "NaN",
      line.max[index] ?? "NaN",
      line.last[index] ?? "NaN",
      ...(sampled ? [line.samples?.n[index] ?? "", line.samples?.notFinite[index] ?? ""] : []),
    ]),
  );
  const { line, min, max, last } = words;
  return writeCsv([
    [`${line}_id`, line, x, min, max, last, ...(sampled ? ["n", "not_finite"] : [])],
    ...rows,
  ]);
}
