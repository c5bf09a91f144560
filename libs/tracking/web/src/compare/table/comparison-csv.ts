import { writeCsv } from "@runweir/web-charts";
import type { ComparisonRow } from "./build-comparison.ts";

/** The rows that are shown, a column per run, every digit kept. */
export function comparisonCsv(
  runs: readonly { readonly runId: string; readonly name: string }[],
  rows: readonly ComparisonRow[],
): string {
  return writeCsv([
    ["section", "name", ...runs.map(({ name }) => name)],
    ["Attributes", "run_id", ...runs.map(({ runId }) => runId)],
    ...rows.map(({ section, key, values }) => [section, key, ...values.map((value) => value ?? "")]),
  ]);
}
