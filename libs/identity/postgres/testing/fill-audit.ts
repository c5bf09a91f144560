import {
  type AuditAction,
  type AuditEntry,
  type AuditPosition,
  auditActionNames,
  type Caller,
  chainStart,
  composeEntry,
  localOwner,
} from "@runweir/identity-domain";
import type { Statements } from "@runweir/postgres";

const batchEntries = 5_000;

/** A chain of so many entries of several people about several things, a minute apart, written as `appendAudit` would. */
export async function fillAudit(database: Statements, count: number): Promise<AuditPosition> {
  let head: AuditPosition = chainStart;
  for (let start = 0; start < count; start += batchEntries) {
    const entries: AuditEntry[] = [];
    for (let place = start; place < Math.min(count, start + batchEntries); place += 1) {
      const entry = composeEntry(callerOf(place), eventOf(place), head, 1_700_000_000_000 + place * 60_000);
      entries.push(entry);
      head = entry;
    }
    await insert(database, entries);
  }
  return { sequence: head.sequence, hash: head.hash };
}

function callerOf(place: number): Caller {
  const person = `user-${place % 37}`;
  return {
    ...localOwner(`request-${place}`),
    principal: { kind: "user", id: person, name: `Person ${place % 37}` },
    workspace: place % 5 === 0 ? "vision" : "default",
    origin: { door: "pages", address: `10.0.0.${place % 250}`, userAgent: "Firefox" },
  };
}

function eventOf(place: number) {
  const action = auditActionNames[place % auditActionNames.length] as AuditAction;
  return {
    action,
    object: { id: `object-${place % 1_009}`, name: `churn/model-${place % 1_009}` },
    before: { note: `was ${place - 1}`, version: place - 1 },
    after: { note: `is ${place}`, version: place, share: place / 7 },
  };
}

async function insert(database: Statements, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    ...entry,
    ...entry.origin,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    object_kind: entry.object.kind,
    object_id: entry.object.id,
    object_name: entry.object.name,
    user_agent: entry.origin.userAgent,
    request_id: entry.origin.requestId,
    token_id: entry.origin.tokenId,
    previous_hash: `\\x${entry.previousHash}`,
    hash: `\\x${entry.hash}`,
  }));
  await database.transaction(async (transaction) => {
    await transaction.query(
      `INSERT INTO identity.audit_entry SELECT (jsonb_populate_recordset(NULL::identity.audit_entry, $1::jsonb)).*`,
      [JSON.stringify(rows)],
    );
    const last = rows.at(-1);
    await transaction.query("UPDATE identity.audit_head SET sequence = $1, time = $2, hash = $3::bytea", [
      last?.sequence,
      last?.time,
      last?.hash,
    ]);
  });
}
