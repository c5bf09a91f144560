import type { QueryLink, SavedQuery, SavedQueryStore } from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";
import { type Database, isTaken, translateFailures } from "@runweir/postgres";

const columns = `q.query_id AS "queryId", q.name, q.description, q.sql, q.parameters, q.is_shared AS "isShared",
  json_build_object('kind', q.owner_kind, 'id', q.owner_id, 'name', q.owner_name) AS owner, q.version,
  q.creation_time AS "creationTime", q.last_update_time AS "lastUpdateTime", q.last_update_by AS "lastUpdateBy"`;
const linkColumns = `link_id AS "linkId", query_id AS "queryId", creation_time AS "creationTime", expiry_time AS "expiryTime"`;

type QueryRow = SavedQuery & Record<string, unknown>;
type LinkRow = QueryLink & Record<string, unknown>;

export function createSavedQueryStore(options: { readonly database: Database }): SavedQueryStore {
  const database = translateFailures(options.database);
  return {
    list: (workspace, { kind, id }, { search, limit }) =>
      database.query<QueryRow>(
        `SELECT ${columns} FROM analytics.saved_query q
         WHERE q.workspace = $1 AND (q.is_shared OR (q.owner_kind = $2 AND q.owner_id = $3))
           AND ($4::text IS NULL OR strpos(lower(q.name), lower($4)) > 0 OR strpos(lower(q.sql), lower($4)) > 0)
         ORDER BY q.last_update_time DESC, q.query_id LIMIT $5`,
        [workspace, kind, id, search ?? null, limit],
      ),

    async count(workspace, { kind, id }) {
      const [row] = await database.query<{ count: number }>(
        "SELECT count(*) FROM analytics.saved_query WHERE workspace = $1 AND owner_kind = $2 AND owner_id = $3",
        [workspace, kind, id],
      );
      return row?.count ?? 0;
    },

    async find(workspace, queryId) {
      const [row] = await database.query<QueryRow>(
        `SELECT ${columns} FROM analytics.saved_query q WHERE q.workspace = $1 AND q.query_id = $2`,
        [workspace, queryId],
      );
      return row;
    },

    async insert(workspace, query) {
      const { owner } = query;
      await unlessTaken(
        query,
        database.query(
          `INSERT INTO analytics.saved_query
             (workspace, query_id, owner_kind, owner_id, owner_name, name, description, sql, parameters, is_shared,
              version, creation_time, last_update_time, last_update_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
          [
            workspace,
            query.queryId,
            owner.kind,
            owner.id,
            owner.name,
            query.name,
            query.description,
            query.sql,
            JSON.stringify(query.parameters),
            query.isShared,
            query.version,
            query.creationTime,
            query.lastUpdateTime,
            query.lastUpdateBy,
          ],
        ),
      );
    },

    async replace(workspace, query) {
      const rows = await unlessTaken(
        query,
        database.query(
          `UPDATE analytics.saved_query SET name = $3, description = $4, sql = $5, parameters = $6, is_shared = $7,
             version = $8, last_update_time = $9, last_update_by = $10
           WHERE workspace = $1 AND query_id = $2 AND version = $8 - 1 RETURNING query_id`,
          [
            workspace,
            query.queryId,
            query.name,
            query.description,
            query.sql,
            JSON.stringify(query.parameters),
            query.isShared,
            query.version,
            query.lastUpdateTime,
            query.lastUpdateBy,
          ],
        ),
      );
      return rows.length > 0;
    },

    async remove(workspace, queryId, version) {
      const rows = await database.query(
        "DELETE FROM analytics.saved_query WHERE workspace = $1 AND query_id = $2 AND version = $3 RETURNING query_id",
        [workspace, queryId, version],
      );
      return rows.length > 0;
    },

    async insertLink(workspace, { linkId, queryId, creationTime, expiryTime }, tokenHash) {
      await database.query(
        `INSERT INTO analytics.saved_query_link (workspace, link_id, query_id, token_hash, creation_time, expiry_time)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [workspace, linkId, queryId, Buffer.from(tokenHash), creationTime, expiryTime],
      );
    },

    listLinks: (workspace, queryId) =>
      database.query<LinkRow>(
        `SELECT ${linkColumns} FROM analytics.saved_query_link
         WHERE workspace = $1 AND query_id = $2 ORDER BY creation_time DESC, link_id`,
        [workspace, queryId],
      ),

    async removeLink(workspace, queryId, linkId) {
      const rows = await database.query(
        `DELETE FROM analytics.saved_query_link WHERE workspace = $1 AND query_id = $2 AND link_id = $3
         RETURNING link_id`,
        [workspace, queryId, linkId],
      );
      return rows.length > 0;
    },

    async findLinked(workspace, tokenHash, now) {
      const [row] = await database.query<QueryRow>(
        `SELECT ${columns} FROM analytics.saved_query_link l JOIN analytics.saved_query q USING (query_id)
         WHERE l.workspace = $1 AND l.token_hash = $2 AND (l.expiry_time IS NULL OR l.expiry_time > $3)`,
        [workspace, Buffer.from(tokenHash), now],
      );
      return row;
    },
  };
}

async function unlessTaken<Result>({ name }: SavedQuery, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new DomainError("already_exists", `You have a saved query of the name '${name}' already.`, {
      field: "name",
      cause: error,
    });
  }
}
