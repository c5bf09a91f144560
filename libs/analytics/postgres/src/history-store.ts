import {
  type HistoryEntry,
  historyMax,
  type QueryHistoryStore,
  type StoredHistoryEntry,
} from "@runweir/analytics-domain";
import { type Database, translateFailures } from "@runweir/postgres";

export function createQueryHistoryStore(options: { readonly database: Database }): QueryHistoryStore {
  const database = translateFailures(options.database);
  return {
    async append(workspace, { kind, id }, entries) {
      await database.query(
        `INSERT INTO analytics.query_history
           (workspace, owner_kind, owner_id, start_time, milliseconds, sql, params, snapshot, outcome)
         SELECT $1, $2, $3, e.start_time, e.milliseconds, e.sql, e.params, e.snapshot, e.outcome
         FROM ROWS FROM (jsonb_to_recordset($4::jsonb)
             AS (start_time bigint, milliseconds bigint, sql text, params jsonb, snapshot bigint, outcome jsonb))
           WITH ORDINALITY AS e(start_time, milliseconds, sql, params, snapshot, outcome, place)
         ORDER BY e.place`,
        [workspace, kind, id, JSON.stringify(entries.map(toRecord))],
      );
      await database.query(
        `DELETE FROM analytics.query_history
         WHERE workspace = $1 AND owner_kind = $2 AND owner_id = $3 AND entry_no <= (
           SELECT entry_no FROM analytics.query_history
           WHERE workspace = $1 AND owner_kind = $2 AND owner_id = $3
           ORDER BY entry_no DESC OFFSET $4 LIMIT 1
         )`,
        [workspace, kind, id, historyMax],
      );
    },

    list: (workspace, { kind, id }, { limit, before }) =>
      database.query<StoredHistoryEntry & Record<string, unknown>>(
        `SELECT entry_no AS "entryNo", start_time AS "startTime", milliseconds, sql, params, snapshot, outcome
         FROM analytics.query_history
         WHERE workspace = $1 AND owner_kind = $2 AND owner_id = $3 AND ($4::bigint IS NULL OR entry_no < $4)
         ORDER BY entry_no DESC LIMIT $5`,
        [workspace, kind, id, before ?? null, limit],
      ),

    async clear(workspace, { kind, id }) {
      await database.query(
        "DELETE FROM analytics.query_history WHERE workspace = $1 AND owner_kind = $2 AND owner_id = $3",
        [workspace, kind, id],
      );
    },
  };
}

function toRecord({ startTime, milliseconds, sql, params, snapshot, outcome }: HistoryEntry) {
  return { start_time: startTime, milliseconds: Math.round(milliseconds), sql, params, snapshot, outcome };
}
