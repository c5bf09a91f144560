import type { AuditEntry, AuditPosition } from "./audit-entry.ts";
import { hashEntry } from "./hash-entry.ts";

export interface ChainFault {
  /**
   * - altered: the entry's content is not what was hashed
   * - removed: entries are not there any more, from `sequence` to `through`
   * - inserted: the entry was not written by the product
   * - reordered: the entry was written with the number `writtenAs`
   * - rewritten: everything fits together, but is not what was noted elsewhere
   */
  readonly kind: "altered" | "removed" | "inserted" | "reordered" | "rewritten";
  /** The first entry concerned. */
  readonly sequence: number;
  readonly through?: number;
  readonly writtenAs?: number;
}

/** How far around its place the number is looked for that an entry was written with. */
const shiftMax = 2_000;

/** What happened to the entry that stands behind `before` and does not belong there, judged by it and by its successor. */
export function explainFault(
  before: AuditPosition,
  entry: AuditEntry,
  successor: AuditEntry | undefined,
): ChainFault {
  const sequence = before.sequence + 1;
  if (entry.sequence > sequence) return { kind: "removed", sequence, through: entry.sequence - 1 };
  const writtenAs = findWrittenNumber(entry);
  const shift = writtenAs === undefined ? 0 : writtenAs - entry.sequence;
  const successorShift = successor === undefined ? undefined : shiftOf(successor);
  // A copy of one that is elsewhere, or one whose successors were moved up to make room for it.
  const isCopy =
    entry.hash === before.hash || (shift < 0 && successorShift !== undefined && successorShift !== shift);
  if (isCopy || (shift === 0 && successorShift === -1)) return { kind: "inserted", sequence };
  // It was moved up to make room for what stands before it.
  if (shift < 0) return { kind: "inserted", sequence: sequence + shift };
  if (writtenAs === undefined) return { kind: "altered", sequence };
  if (shift > 0) {
    // Those behind were moved down to close the gap.
    if (successorShift === undefined || successorShift === shift)
      return { kind: "removed", sequence, through: writtenAs - 1 };
    return { kind: "reordered", sequence, writtenAs };
  }
  // It fits itself, and its successor was chained to it: so the one before, which fits too, is not the one it was.
  const isOriginal = successor === undefined || successor.previousHash === entry.hash;
  return { kind: "altered", sequence: isOriginal && before.sequence > 0 ? before.sequence : sequence };
}

export function describeFault({ kind, sequence, through, writtenAs }: ChainFault): string {
  switch (kind) {
    case "altered":
      return `Entry ${sequence} was altered.`;
    case "removed":
      return through === undefined || through === sequence
        ? `Entry ${sequence} was removed.`
        : `Entries ${sequence} to ${through} were removed.`;
    case "inserted":
      return `Entry ${sequence} was inserted.`;
    case "reordered":
      return `Entry ${sequence} was moved: it was written as entry ${writtenAs}.`;
    case "rewritten":
      return `Entry ${sequence} is not the one that was noted: it or entries before it were written anew.`;
  }
}

function shiftOf(entry: AuditEntry): number | undefined {
  const written = findWrittenNumber(entry);
  return written === undefined ? undefined : written - entry.sequence;
}

function findWrittenNumber(entry: AuditEntry): number | undefined {
  const fits = (sequence: number) => hashEntry({ ...entry, sequence }) === entry.hash;
  if (fits(entry.sequence)) return entry.sequence;
  for (let shift = 1; shift <= shiftMax; shift += 1)
    for (const sequence of [entry.sequence + shift, entry.sequence - shift])
      if (sequence > 0 && fits(sequence)) return sequence;
  return undefined;
}
