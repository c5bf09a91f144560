import type { ColumnProfile } from "../facts/column-profile.ts";
import type { DatasetFact } from "../facts/version-facts.ts";
import { anchorOf, changeOf, type DiffRow, namesOf } from "./diff-row.ts";
import { type Drift, measureDrift, psiLarge, psiShift } from "./measure-drift.ts";

/** Of values that are not there, one in a hundred more or less is a change. */
const missingShift = 0.01;

interface Column {
  readonly type: string | undefined;
  readonly profile: ColumnProfile | undefined;
}

/** There may be thousands that stayed as they were; so many of those that were measured are shown. */
const sameMax = 100;

/** The columns of two states of a dataset, those that moved farthest first. Without a word about columns on a side: none. */
export function diffColumns(name: string, before: DatasetFact, after: DatasetFact): readonly DiffRow[] {
  const [left, right] = [columnsOf(before), columnsOf(after)];
  if (Object.keys(left).length === 0 || Object.keys(right).length === 0) return [];
  return namesOf(left, right)
    .map((column) => columnRow(name, column, left[column], right[column]))
    .toSorted((a, b) => b.psi - a.psi)
    .map(({ row }) => row)
    .filter(({ change, note }, index) => change !== "same" || (note !== undefined && index < sameMax));
}

/** What can be said of the columns' values, of two states of which nobody said enough to compare them. */
export function whyNotCompared(before: DatasetFact, after: DatasetFact): string | undefined {
  const lacking = [
    before.profiles.length === 0 && "the base",
    after.profiles.length === 0 && "the candidate",
  ].filter((side) => side !== false);
  return lacking.length === 0
    ? undefined
    : `drift is not known: no profile of columns was logged with ${lacking.join(" nor with ")}`;
}

function columnRow(dataset: string, column: string, before: Column | undefined, after: Column | undefined) {
  const drift = before?.profile && after?.profile && measureDrift(before.profile, after.profile);
  const texts = [before && print(before), after && print(after)] as const;
  const moved = before && after && (hasMoved(before, after, drift) ? "changed" : "same");
  const row: DiffRow = {
    anchor: anchorOf("data", `${dataset}.${column}`),
    label: `${dataset} · ${column}`,
    change: moved ?? changeOf(...texts),
    before: texts[0],
    after: texts[1],
    ...(drift ? { note: driftWords(drift) } : {}),
  };
  return { row, psi: drift?.psi ?? 0 };
}

function hasMoved(before: Column, after: Column, drift: Drift | undefined): boolean {
  const [left, right] = [before.profile, after.profile];
  if (before.type !== after.type) return true;
  if (!left || !right) return false;
  if (Math.abs((left.missing ?? 0) - (right.missing ?? 0)) >= missingShift) return true;
  // Without a distribution, a mean that moved by a part of what values scatter is all there is to go by.
  return drift
    ? drift.psi >= psiShift
    : left.mean !== undefined &&
        right.mean !== undefined &&
        Math.abs(left.mean - right.mean) > psiShift * (left.std ?? 0);
}

function driftWords({ psi, js }: Drift): string {
  const size = psi >= psiLarge ? "large shift" : psi >= psiShift ? "shift" : "no shift";
  return `${size}: PSI ${psi.toFixed(3)}, JS distance ${js.toFixed(3)}`;
}

function columnsOf({ columns, profiles }: DatasetFact): Readonly<Record<string, Column>> {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const byName = new Map(profiles.map((profile) => [profile.name, profile]));
  return Object.fromEntries(
    [...types.keys(), ...byName.keys()].map((name) => [
      name,
      { type: types.get(name), profile: byName.get(name) },
    ]),
  );
}

function print({ type, profile }: Column): string {
  const { mean, std, missing, histogram, categories } = profile ?? {};
  return [
    type,
    mean === undefined ? undefined : `mean ${short(mean)}${std === undefined ? "" : ` ± ${short(std)}`}`,
    mean === undefined && histogram ? `${histogram.shares.length} bins` : undefined,
    categories && `${Object.keys(categories).length} categories`,
    missing === undefined || missing < 0.0005 ? undefined : `${(100 * missing).toFixed(1)} % missing`,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
