import type { DatasetFact } from "../facts/version-facts.ts";
import { diffColumns, whyNotCompared } from "./diff-columns.ts";
import { anchorOf, changeOf, type DiffRow, namesOf } from "./diff-row.ts";

/** Datasets by name and use: which state of them, how many rows, which columns, and how far these have moved. */
export function diffData(before: readonly DatasetFact[], after: readonly DatasetFact[]): readonly DiffRow[] {
  const [left, right] = [byUse(before), byUse(after)];
  const successors = findSuccessors(left, right);
  const followed = new Set(successors.values());
  return namesOf(left, right)
    .filter((name) => left[name] || !followed.has(name))
    .flatMap((name) => {
      const [one, other] = [left[name], right[successors.get(name) ?? name]];
      return [datasetRow(name, one, other), ...(one && other ? diffColumns(name, one, other) : [])];
    });
}

/**
 * `tx-2026-10` and `tx-2026-11` are two names of what one use takes: where a use has one dataset left on each side, that no name
 * pairs, the one has come in place of the other.
 */
function findSuccessors(left: Datasets, right: Datasets): ReadonlyMap<string, string> {
  const unpaired = (side: Datasets, other: Datasets) =>
    Map.groupBy(
      Object.entries(side).filter(([name]) => !other[name]),
      ([, { context }]) => context,
    );
  const [gone, come] = [unpaired(left, right), unpaired(right, left)];
  return new Map(
    [...gone].flatMap(([context, [one, ...more]]): [string, string][] => {
      const [other, ...others] = come.get(context) ?? [];
      return one && other && more.length + others.length === 0 ? [[one[0], other[0]]] : [];
    }),
  );
}

function datasetRow(name: string, before: DatasetFact | undefined, after: DatasetFact | undefined): DiffRow {
  const isRenamed = before !== undefined && after !== undefined && before.name !== after.name;
  const texts = [before, after].map(
    (dataset) => dataset && `${isRenamed ? `${dataset.name} · ` : ""}${print(dataset)}`,
  ) as [string | undefined, string | undefined];
  const added = (after?.rows ?? 0) - (before?.rows ?? 0);
  const isKnown = before?.rows !== undefined && after?.rows !== undefined && before.rows > 0;
  const share = isKnown
    ? ` (${added > 0 ? "+" : ""}${((100 * added) / (before.rows ?? 1)).toFixed(1)} %)`
    : "";
  const isOther = before !== undefined && after !== undefined && before.digest !== after.digest;
  const notes = [
    isRenamed ? `in place of ${before.name}` : undefined,
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

type Datasets = Readonly<Record<string, DatasetFact>>;

function byUse(datasets: readonly DatasetFact[]): Datasets {
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
