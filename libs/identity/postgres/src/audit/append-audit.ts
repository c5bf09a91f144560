import { type AuditEvent, type AuditPosition, type Caller, composeEntry } from "@runweir/identity-domain";
import type { Queryable } from "@runweir/postgres";

interface HeadRow {
  readonly sequence: number;
  readonly time: number;
  readonly hash: string;
}

/**
 * Enters something into the audit log in the transaction that does it, so that either both are there or neither. Call it last:
 * from here to the commit nobody else on the server can append.
 */
export async function appendAudit(
  transaction: Queryable,
  caller: Caller,
  event: AuditEvent,
): Promise<AuditPosition> {
  const { rows } = await transaction.query<HeadRow>({
    name: "audit-head",
    text: `SELECT sequence, greatest(time, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) AS time,
        encode(hash, 'hex') AS hash
      FROM identity.audit_head FOR UPDATE`,
  });
  const [head] = rows;
  if (head === undefined) throw new Error("identity.audit_head is empty: the chain's end is unknown.");
  const entry = composeEntry(caller, event, head, head.time);
  const { actor, object, origin } = entry;
  await transaction.query({
    name: "audit-append",
    text: `WITH moved AS (UPDATE identity.audit_head SET sequence = $1, time = $3, hash = decode($20, 'hex'))
      INSERT INTO identity.audit_entry (sequence, version, time, workspace, actor_kind, actor_id, actor_name, action,
        object_kind, object_id, object_name, before, after, door, address, user_agent, request_id, token_id,
        previous_hash, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13::text::jsonb, $14, $15, $16, $17, $18,
        decode($19, 'hex'), decode($20, 'hex'))`,
    values: [
      entry.sequence,
      entry.version,
      entry.time,
      entry.workspace,
      actor.kind,
      actor.id,
      actor.name,
      entry.action,
      object.kind,
      object.id,
      object.name,
      JSON.stringify(entry.before),
      JSON.stringify(entry.after),
      origin.door,
      origin.address,
      origin.userAgent,
      origin.requestId,
      origin.tokenId,
      entry.previousHash,
      entry.hash,
    ],
  });
  return { sequence: entry.sequence, hash: entry.hash };
}
