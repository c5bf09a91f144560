import {
  type AuditEntry,
  type AuditPosition,
  type AuditStore,
  type ChainProgress,
  chainStart,
  verifyChain,
} from "@runweir/identity-domain";
import type { Queryable, Statements } from "@runweir/postgres";
import { type EntryRow, entryColumns, toEntry } from "./audit-rows.ts";

const pageEntries = 1_000;

/** The chain as it was at one moment: what is appended meanwhile is not looked at. */
export function verifyStored(
  database: Pick<Statements, "transaction">,
  { after = chainStart, anchors = [], entriesMax, onProgress }: Parameters<AuditStore["verify"]>[0],
): Promise<ChainProgress> {
  return database.transaction(async (transaction) => {
    const head = await readHead(transaction);
    if (after.sequence > head.sequence) {
      const verified = { sequence: head.sequence, hash: head.hash };
      const fault = { kind: "removed", sequence: head.sequence + 1, through: after.sequence } as const;
      return { head, verified, fault };
    }
    const last = after.sequence + (entriesMax ?? Number.MAX_SAFE_INTEGER);
    const isWhole = last >= head.sequence;
    const entries = readEntries(transaction, after.sequence, {
      // One more than the end tells whether something stands behind it.
      through: isWhole ? Number.MAX_SAFE_INTEGER : last,
      onProgress: (sequence) => onProgress?.(sequence, head.sequence),
    });
    const report = await verifyChain(entries, {
      after,
      anchors: [head, ...anchors].filter(({ sequence }) => isWhole || sequence <= last),
      endsAt: head.sequence,
    });
    return { head, ...report };
  }, "repeatable read");
}

async function readHead(transaction: Queryable): Promise<AuditPosition> {
  const { rows } = await transaction.query<{ sequence: number; hash: string }>(
    "SELECT sequence, encode(hash, 'hex') AS hash FROM identity.audit_head",
  );
  const [head] = rows;
  if (head === undefined) throw new Error("identity.audit_head is empty: the chain's end is unknown.");
  return head;
}

async function* readEntries(
  transaction: Queryable,
  after: number,
  options: { readonly through: number; onProgress(sequence: number): void },
): AsyncGenerator<AuditEntry> {
  for (let last = after; ; ) {
    // As one value: the driver takes several times as long for as many columns by themselves.
    const { rows: values } = await transaction.query<{ rows: EntryRow[] | null }>(
      `SELECT json_agg(page) AS rows FROM (
         SELECT ${entryColumns} FROM identity.audit_entry WHERE sequence > $1 AND sequence <= $2
         ORDER BY sequence LIMIT $3
       ) page`,
      [last, options.through, pageEntries],
    );
    const rows = values[0]?.rows ?? [];
    for (const row of rows) yield toEntry(row);
    last = rows.at(-1)?.sequence ?? last;
    options.onProgress(last);
    if (rows.length < pageEntries) return;
  }
}
