import type { DatasetFact } from "../facts/version-facts.ts";
import { diffColumns, whyNotCompared } from "./diff-columns.ts";
import { anchorOf, changeOf, type DiffRow, namesOf } from "./diff-row.ts";

/** Datasets by name and use: which state of them, how many rows, which columns, and how far these have moved. */
export function diffData(before: readonly DatasetFact[], after: readonly DatasetFact[]): readonly DiffRow[] {
  const [left, right] = [byUse(before), byUse(after)];
  return namesOf(left, right).flatMap((name) => {
    const [one, other] = [left[name], right[name]];
    return [datasetRow(name, one, other), ...(one && other ? diffColumns(name, one, other) : [])];
  });
}

function datasetRow(name: string, before: DatasetFact | undefined, after: DatasetFact | undefined): DiffRow {
  const texts = [before && print(before), after && print(after)] as const;
  const added = (after?.rows ?? 0) - (before?.rows ?? 0);
  const isKnown = before?.rows !== undefined && after?.rows !== undefined && before.rows > 0;
  const share = isKnown
    ? ` (${added > 0 ? "+" : ""}${((100 * added) / (before.rows ?? 1)).toFixed(1)} %)`
    : "";
  const isOther = before !== undefined && after !== undefined && before.digest !== after.digest;
  const notes = [
    isKnown && added !== 0 ? `${added > 0 ? "+" : ""}${added} rows${share}` : undefined,
    isOther ? whyNotCompared(before, after) : undefined,
  ].filter((note) => note !== undefined);
  return {
    anchor: anchorOf("data", name),
    label: name,
    change: changeOf(...texts),
    before: texts[0],
    after: texts[1],
    ...(notes.length > 0 ? { note: notes.join("; ") } : {}),
  };
}

function byUse(datasets: readonly DatasetFact[]): Readonly<Record<string, DatasetFact>> {
  return Object.fromEntries(
    datasets.map((dataset) => [
      dataset.context ? `${dataset.name} (${dataset.context})` : dataset.name,
      dataset,
    ]),
  );
}

function print({ digest, rows }: DatasetFact): string {
  return rows === undefined ? digest : `${digest} · ${rows} rows`;
}
