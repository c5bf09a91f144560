import type { AuditEntry, AuditPosition } from "./audit-entry.ts";
import { type ChainFault, explainFault } from "./chain-fault.ts";
import { genesisHash, hashEntry } from "./hash-entry.ts";

export interface ChainReport {
  /** Up to here, and including it, everything is as it was written. */
  readonly verified: AuditPosition;
  /** The first thing that is not. */
  readonly fault: ChainFault | undefined;
}

/** Before the first entry. */
export const chainStart: AuditPosition = { sequence: 0, hash: genesisHash };

/**
 * Goes along a chain, in the order of its sequence numbers, up to the first thing that is wrong with it.
 *
 * A chain proves that nothing inside it was changed by somebody who did not also write all that follows anew. Against that, and
 * against entries that are missing at its end, only `anchors` help: positions that were noted elsewhere.
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  options: {
    /** Where it was verified up to before. */
    readonly after?: AuditPosition | undefined;
    readonly anchors?: readonly AuditPosition[] | undefined;
    /** What comes behind this one was not written by the product. */
    readonly endsAt?: number | undefined;
  } = {},
): Promise<ChainReport> {
  const { after: start = chainStart, anchors = [], endsAt } = options;
  let before = start;
  let suspect: AuditEntry | undefined;
  const report = (fault?: ChainFault): ChainReport => ({ verified: before, fault });
  for await (const entry of entries) {
    // What follows the first wrong entry tells what happened to it.
    if (suspect !== undefined) return report(explainFault(before, suspect, entry));
    if (before.sequence === endsAt) return report({ kind: "inserted", sequence: entry.sequence });
    if (!isNext(before, entry)) {
      suspect = entry;
      continue;
    }
    if (anchors.some((noted) => noted.sequence === entry.sequence && noted.hash !== entry.hash))
      return report({ kind: "rewritten", sequence: entry.sequence });
    before = { sequence: entry.sequence, hash: entry.hash };
  }
  if (suspect !== undefined) return report(explainFault(before, suspect, undefined));
  const last = Math.max(...anchors.map(({ sequence }) => sequence), 0);
  if (last > before.sequence)
    return report({ kind: "removed", sequence: before.sequence + 1, through: last });
  return report();
}

function isNext(before: AuditPosition, entry: AuditEntry): boolean {
  return (
    entry.sequence === before.sequence + 1 &&
    entry.previousHash === before.hash &&
    hashEntry(entry) === entry.hash
  );
}
