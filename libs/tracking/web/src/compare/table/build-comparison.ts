import type { WireNumber, WireRun } from "@runweir/tracking-trpc";
import { fromWireNumber } from "@runweir/web-ui";
import { compareNames } from "../../compare-names.ts";
import { tagValue } from "../../mlflow-tags.ts";
import { readsAsNumber } from "../../runs/reads-as-number.ts";

/** One value of the runs side by side; `values` has one entry per run, undefined where it has none. */
export interface ComparisonRow {
  readonly section: ComparisonSection;
  readonly key: string;
  readonly values: readonly (WireNumber | string | undefined)[];
  /** Whether the runs' values are not all the same. */
  readonly differs: boolean;
  /** Every value there is reads as a number. */
  readonly numeric: boolean;
  /** What most of the runs have; without such a value, nothing. */
  readonly usual: { readonly value: WireNumber | string | undefined } | undefined;
  /** Of a metric that differs: the smallest and the largest finite value. */
  readonly extremes: { readonly min: number; readonly max: number } | undefined;
}

export const comparisonSections = ["Attributes", "Metrics", "Params", "Tags"] as const;
export type ComparisonSection = (typeof comparisonSections)[number];

/** Everything that any of the runs has, in sections, by name. */
export function buildComparison(runs: readonly WireRun[]): readonly ComparisonRow[] {
  const last = (run: WireRun): readonly Entry[] => run.metrics.map(({ key, value }) => [key, value]);
  const texts = (entries: readonly { readonly key: string; readonly value: string }[]): readonly Entry[] =>
    entries.map(({ key, value }) => [key, value]);
  return [
    ...attributeRows(runs),
    ...rowsOf("Metrics", runs.map(last)),
    ...rowsOf(
      "Params",
      runs.map(({ params }) => texts(params)),
    ),
    // What clients write for themselves (sources, histories of models) is long and says little.
    ...rowsOf(
      "Tags",
      runs.map(({ tags }) => texts(tags.filter(({ key }) => !key.startsWith("mlflow.")))),
    ),
  ];
}

type Entry = readonly [key: string, value: WireNumber | string];

function attributeRows(runs: readonly WireRun[]): readonly ComparisonRow[] {
  const took = ({ info }: WireRun) => (info.endTime === null ? undefined : info.endTime - info.startTime);
  const row = (key: string, of: (run: WireRun) => WireNumber | string | undefined) =>
    makeRow("Attributes", key, runs.map(of));
  return [
    row("status", ({ info }) => info.status.toLowerCase()),
    row("started", ({ info }) => info.startTime),
    row("took", took),
    row("by", ({ info }) => info.userId || undefined),
    row("source", ({ tags }) => tagValue(tags, "mlflow.source.name")),
    row(
      "data",
      ({ datasetInputs }) => datasetInputs.map(({ dataset }) => dataset.name).join(", ") || undefined,
    ),
  ].filter(({ values }) => values.some((value) => value !== undefined));
}

function rowsOf(section: ComparisonSection, runs: readonly (readonly Entry[])[]): readonly ComparisonRow[] {
  const rows = new Map<string, (WireNumber | string | undefined)[]>();
  runs.forEach((entries, run) => {
    for (const [key, value] of entries) {
      const values = rows.get(key) ?? runs.map(() => undefined);
      values[run] = value;
      rows.set(key, values);
    }
  });
  return [...rows]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([key, values]) => makeRow(section, key, values));
}

function makeRow(
  section: ComparisonSection,
  key: string,
  values: readonly (WireNumber | string | undefined)[],
): ComparisonRow {
  const differs = values.some((value) => value !== values[0]);
  const there = values.filter((value) => value !== undefined);
  const finite =
    section === "Metrics"
      ? there.map((value) => Number(value)).filter((value) => Number.isFinite(value))
      : [];
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  return {
    section,
    key,
    values,
    differs,
    numeric: section === "Metrics" || (section === "Params" && there.every(readsAsNumber)),
    usual: usualOf(values),
    extremes: finite.length > 1 && min < max ? { min, max } : undefined,
  };
}

function usualOf(values: ComparisonRow["values"]): ComparisonRow["usual"] {
  const counts = new Map<WireNumber | string | undefined, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const found = [...counts].find(([, count]) => count > values.length / 2);
  return found && { value: found[0] };
}

/**
 * Whether a cell is highlighted: it differs from the baseline's; without one, from what most runs have. Where no value is
 * usual all cells of a row that differs are, unless only such rows are shown. Measurements differ anyway.
 */
export function standsOut(
  row: ComparisonRow,
  run: number,
  { baseline, onlyDifferences }: { readonly baseline: number; readonly onlyDifferences: boolean },
): boolean {
  const value = row.values[run];
  if (!row.differs || row.section === "Metrics" || typeof value === "number") return false;
  if (baseline !== -1) return value !== row.values[baseline];
  return row.usual === undefined ? !onlyDifferences : value !== row.usual.value;
}

/** How far a metric is from the baseline's; undefined where there is no finite difference. */
export function differenceTo(
  baseline: WireNumber | string | undefined,
  value: WireNumber | string | undefined,
): { readonly absolute: number; readonly percent: number | undefined } | undefined {
  if (baseline === undefined || value === undefined) return undefined;
  const [from, to] = [Number(baseline), Number(value)];
  const absolute = to - from;
  if (!Number.isFinite(absolute)) return undefined;
  return { absolute, percent: from === 0 ? undefined : (absolute / Math.abs(from)) * 100 };
}

/** The rows that are wanted, from a search in their names and the switch for what differs. */
export function chooseRows(
  rows: readonly ComparisonRow[],
  { search, onlyDifferences }: { readonly search: string; readonly onlyDifferences: boolean },
): readonly ComparisonRow[] {
  const wanted = search.trim().toLowerCase();
  return rows.filter(
    ({ key, differs }) => (differs || !onlyDifferences) && key.toLowerCase().includes(wanted),
  );
}

/** Of a metric's row, which end a value is at. */
export function endOf(row: ComparisonRow, value: WireNumber | string | undefined): "min" | "max" | undefined {
  if (row.extremes === undefined || value === undefined) return undefined;
  const number = fromWireNumber(value as WireNumber);
  if (number === row.extremes.min) return "min";
  return number === row.extremes.max ? "max" : undefined;
}
