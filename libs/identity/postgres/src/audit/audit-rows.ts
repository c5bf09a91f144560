import type { AuditEntry, Json } from "@runweir/identity-domain";

export const entryColumns = `sequence, version, time, workspace, actor_kind, actor_id, actor_name, action, object_kind,
  object_id, object_name, before, after, door, address, user_agent, request_id, token_id,
  encode(previous_hash, 'hex') AS previous_hash, encode(hash, 'hex') AS hash`;

export interface EntryRow {
  readonly sequence: number;
  readonly version: number;
  readonly time: number;
  readonly workspace: string | null;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly action: string;
  readonly object_kind: string;
  readonly object_id: string;
  readonly object_name: string;
  readonly before: Json;
  readonly after: Json;
  readonly door: string;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly request_id: string;
  readonly token_id: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

export function toEntry(row: EntryRow): AuditEntry {
  return {
    version: row.version,
    sequence: row.sequence,
    time: row.time,
    workspace: row.workspace,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id, name: row.object_name },
    before: row.before,
    after: row.after,
    origin: {
      door: row.door,
      address: row.address,
      userAgent: row.user_agent,
      requestId: row.request_id,
      tokenId: row.token_id,
    },
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
