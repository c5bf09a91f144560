import { DomainError } from "@runweir/errors";
import type { DeadLetterReason } from "@runweir/ingest-domain";
import { type Database, translateFailures } from "@runweir/postgres";

/** A record that was set aside, without its bytes. */
export interface DeadLetterHead {
  readonly id: number;
  readonly source: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: DeadLetterReason;
  readonly explanation: string;
  readonly workspace: string | null;
  /** The first, where it is about several. */
  readonly runId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly setAsideAt: Date;
  readonly replayedAt: Date | null;
}

export interface DeadLetterFilter {
  readonly reason?: string | undefined;
  readonly runId?: string | undefined;
  /** Only those that were replayed, or only those that were not. */
  readonly replayed?: boolean | undefined;
}

/** What a person does about records that could not be applied. Replaying them is `replayDeadLetter`. */
export interface DeadLetterStore {
  /** The newest first. */
  list(filter: DeadLetterFilter, limit: number): Promise<readonly DeadLetterHead[]>;
  count(filter: DeadLetterFilter): Promise<number>;
  /** In the order in which they were set aside; for going through them one by one. */
  listIds(filter: DeadLetterFilter): Promise<readonly number[]>;
  /** Rejects with `not_found`. */
  get(id: number): Promise<DeadLetterHead & { readonly body: Uint8Array }>;
  /** Returns how many there were. */
  delete(ids: readonly number[]): Promise<number>;
}

const headColumns = `dead_letter_id AS id, source, partition, log_offset AS offset, reason, explanation, workspace,
  run_id AS "runId", headers, length(body) AS bytes, set_aside_at AS "setAsideAt", replayed_at AS "replayedAt"`;

const matches = `($1::text IS NULL OR reason = $1) AND ($2::text IS NULL OR dead_letter_id IN (
    SELECT dead_letter_id FROM tracking.dead_letter_points WHERE run_id = $2))
  AND ($3::boolean IS NULL OR (replayed_at IS NOT NULL) = $3)`;

function valuesOf({ reason, runId, replayed }: DeadLetterFilter): unknown[] {
  return [reason ?? null, runId ?? null, replayed ?? null];
}

export function createDeadLetterStore(options: { readonly database: Database }): DeadLetterStore {
  const database = translateFailures(options.database);
  return {
    list: (filter, limit) =>
      database.query<DeadLetterHead>(
        `SELECT ${headColumns} FROM tracking.dead_letter WHERE ${matches} ORDER BY dead_letter_id DESC LIMIT $4`,
        [...valuesOf(filter), limit],
      ),

    async count(filter) {
      const [row] = await database.query<{ count: number }>(
        `SELECT count(*) FROM tracking.dead_letter WHERE ${matches}`,
        valuesOf(filter),
      );
      return row?.count ?? 0;
    },

    async listIds(filter) {
      const rows = await database.query<{ id: number }>(
        `SELECT dead_letter_id AS id FROM tracking.dead_letter WHERE ${matches} ORDER BY dead_letter_id`,
        valuesOf(filter),
      );
      return rows.map((row) => row.id);
    },

    async get(id) {
      const [row] = await database.query<DeadLetterHead & { body: Uint8Array }>(
        `SELECT ${headColumns}, body FROM tracking.dead_letter WHERE dead_letter_id = $1`,
        [id],
      );
      if (!row) throw deadLetterNotFound(id);
      return row;
    },

    async delete(ids) {
      const rows = await database.query(
        "DELETE FROM tracking.dead_letter WHERE dead_letter_id = ANY ($1::bigint[]) RETURNING dead_letter_id",
        [ids],
      );
      return rows.length;
    },
  };
}

export function deadLetterNotFound(id: number): DomainError {
  return new DomainError("not_found", `There is no dead letter ${id}.`, { field: "id" });
}
