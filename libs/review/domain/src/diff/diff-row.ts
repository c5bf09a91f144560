export const diffSections = [
  "metrics",
  "params",
  "signature",
  "data",
  "environment",
  "code",
  "artifacts",
  "card",
] as const;
export type DiffSection = (typeof diffSections)[number];

export type ChangeKind = "added" | "removed" | "changed" | "same";

/** One line of a diff. Missing sides are undefined. */
export interface DiffRow {
  /** Names the row for comments, and stays the same when the candidate changes: `params:optimizer.lr`. */
  readonly anchor: string;
  readonly label: string;
  readonly change: ChangeKind;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What it means, where that is not obvious. */
  readonly note?: string | undefined;
}

export function anchorOf(section: DiffSection, name: string): string {
  return `${section}:${name}`;
}

export function rowOf(
  section: DiffSection,
  name: string,
  before: string | undefined,
  after: string | undefined,
  label = name,
): DiffRow {
  return { anchor: anchorOf(section, name), label, change: changeOf(before, after), before, after };
}

export function changeOf(before: string | undefined, after: string | undefined): ChangeKind {
  if (before === after) return "same";
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}

/** All names of both sides, in order. */
export function namesOf(before: object, after: object): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
}
