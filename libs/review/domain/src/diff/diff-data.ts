import type { DatasetFact } from "../facts/version-facts.ts";
import { anchorOf, changeOf, type DiffRow, namesOf } from "./diff-row.ts";

/** Datasets by name and use: which state of them, how many rows, which columns. */
export function diffData(before: readonly DatasetFact[], after: readonly DatasetFact[]): readonly DiffRow[] {
  const [left, right] = [byUse(before), byUse(after)];
  return namesOf(left, right).flatMap((name) => {
    const [one, other] = [left[name], right[name]];
    return [datasetRow(name, one, other), ...(one && other ? columnRows(name, one, other) : [])];
  });
}

function datasetRow(name: string, before: DatasetFact | undefined, after: DatasetFact | undefined): DiffRow {
  const texts = [before && print(before), after && print(after)] as const;
  const added = (after?.rows ?? 0) - (before?.rows ?? 0);
  const isKnown = before?.rows !== undefined && after?.rows !== undefined && before.rows > 0;
  const share = isKnown
    ? ` (${added > 0 ? "+" : ""}${((100 * added) / (before.rows ?? 1)).toFixed(1)} %)`
    : "";
  return {
    anchor: anchorOf("data", name),
    label: name,
    change: changeOf(...texts),
    before: texts[0],
    after: texts[1],
    ...(isKnown && added !== 0 ? { note: `${added > 0 ? "+" : ""}${added} rows${share}` } : {}),
  };
}

/** Columns that differ, and no others: there may be thousands. */
function columnRows(name: string, before: DatasetFact, after: DatasetFact): readonly DiffRow[] {
  // Nothing is known of columns that a side does not tell.
  if (before.columns.length === 0 || after.columns.length === 0) return [];
  const [left, right] = [typesOf(before), typesOf(after)];
  return namesOf(left, right)
    .map((column) => ({
      anchor: anchorOf("data", `${name}.${column}`),
      label: `${name} · ${column}`,
      change: changeOf(left[column], right[column]),
      before: left[column],
      after: right[column],
    }))
    .filter(({ change }) => change !== "same");
}

function byUse(datasets: readonly DatasetFact[]): Readonly<Record<string, DatasetFact>> {
  return Object.fromEntries(
    datasets.map((dataset) => [
      dataset.context ? `${dataset.name} (${dataset.context})` : dataset.name,
      dataset,
    ]),
  );
}

function typesOf({ columns }: DatasetFact): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
}

function print({ digest, rows }: DatasetFact): string {
  return rows === undefined ? digest : `${digest} · ${rows} rows`;
}
