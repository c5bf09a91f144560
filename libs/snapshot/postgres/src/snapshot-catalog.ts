import { DomainError } from "@runweir/errors";
import { type Database, type Queryable, translateFailures } from "@runweir/postgres";
import type { PublishedSnapshot, Retention, SnapshotCatalog, SnapshotLease } from "@runweir/snapshot-domain";
import { lockWorkspace } from "./builder-lock.ts";
import { buildInTransaction, lookInTransaction } from "./snapshot-build.ts";

const published = `s.seq, s.manifest_path AS "manifestPath", s.manifest_sha256 AS "manifestSha256",
  s.published_at AS "publishedAt", s.as_of AS "asOf"`;

export function createSnapshotCatalog(given: Database): SnapshotCatalog {
  const database = translateFailures(given);
  return {
    async listWorkspaces() {
      const rows = await database.query<{ workspace: string }>(
        "SELECT DISTINCT workspace FROM tracking.experiment ORDER BY workspace",
      );
      return rows.map((row) => row.workspace);
    },

    build: (workspace, work) => buildInTransaction(given, workspace, work),

    look: (workspace, work) => lookInTransaction(given, workspace, work),

    async findCurrent(workspace) {
      const [row] = await database.query<PublishedSnapshot & Record<string, unknown>>(
        `SELECT ${published} FROM snapshot.current c JOIN snapshot.snapshot s USING (workspace, seq)
         WHERE c.workspace = $1`,
        [workspace],
      );
      return row;
    },

    list: (workspace) =>
      database.query<PublishedSnapshot & Record<string, unknown>>(
        `SELECT ${published} FROM snapshot.snapshot s
         WHERE s.workspace = $1 AND s.retired_at IS NULL ORDER BY s.seq DESC`,
        [workspace],
      ),

    async lease(workspace, { holder, seconds, seq }) {
      // The lock makes it wait for whoever is retiring the snapshot, and then see that it is retired.
      const [row] = await database.query<SnapshotLease & Record<string, unknown>>(
        `WITH s AS (
           SELECT s.* FROM snapshot.snapshot s
           WHERE s.workspace = $1 AND s.retired_at IS NULL
             AND s.seq = coalesce($2, (SELECT c.seq FROM snapshot.current c WHERE c.workspace = $1))
           FOR SHARE OF s
         ), made AS (
           INSERT INTO snapshot.lease (workspace, seq, holder, expires_at)
           SELECT workspace, seq, $3, now() + $4 * interval '1 second' FROM s RETURNING lease_id
         )
         SELECT made.lease_id AS "leaseId", ${published} FROM made, s`,
        [workspace, seq ?? null, holder, seconds],
      );
      if (row) return row;
      throw new DomainError(
        "not_found",
        seq === undefined ? "There is no snapshot yet." : `There is no snapshot ${seq}, or no longer.`,
        { field: "snapshot" },
      );
    },

    async renew(leaseId, seconds) {
      const rows = await database.query(
        `UPDATE snapshot.lease SET expires_at = now() + $2 * interval '1 second'
         WHERE lease_id = $1 AND expires_at > now() RETURNING seq`,
        [leaseId, seconds],
      );
      if (rows.length === 0) throw new DomainError("not_found", "The lease of the snapshot has ended.");
    },

    async release(leaseId) {
      await database.query("DELETE FROM snapshot.lease WHERE lease_id = $1", [leaseId]);
    },

    async findHidden(workspace, seq) {
      const rows = await database.query<{ run_no: number }>(
        `SELECT h.run_no FROM snapshot.hidden_run h
         WHERE h.workspace = $1 AND (h.purged_seq IS NULL OR h.purged_seq > $2) AND NOT EXISTS (
           SELECT FROM tracking.run r
           WHERE r.run_no = h.run_no AND r.workspace = h.workspace AND r.lifecycle_stage = 'active'
         )
         UNION
         SELECT c.number FROM snapshot.change c
         LEFT JOIN tracking.run r ON r.run_no = c.number AND r.workspace = c.workspace AND r.lifecycle_stage = 'active'
         WHERE c.workspace = $1 AND c.gone AND r.run_no IS NULL
         ORDER BY run_no`,
        [workspace, seq],
      );
      return rows.map((row) => row.run_no);
    },

    collectGarbage: (workspace, retention, sweep) =>
      database.transaction(async (client) => {
        if (!(await lockWorkspace(client, workspace))) return false;
        await retire(client, workspace, retention);
        const dead = await forgetRetired(client, workspace, retention.graceSeconds);
        const { rows } = await client.query<{ path: string }>(
          `SELECT path FROM snapshot.file WHERE workspace = $1 AND path <> ALL ($2::text[])
           UNION ALL SELECT manifest_path FROM snapshot.snapshot WHERE workspace = $1`,
          [workspace, dead],
        );
        await sweep(new Set(rows.map((row) => row.path)));
        await client.query("DELETE FROM snapshot.file WHERE workspace = $1 AND path = ANY ($2::text[])", [
          workspace,
          dead,
        ]);
        return true;
      }),
  };
}

async function retire(client: Queryable, workspace: string, retention: Retention): Promise<void> {
  await client.query("DELETE FROM snapshot.lease WHERE workspace = $1 AND expires_at <= now()", [workspace]);
  const { rows } = await client.query<{ seq: number }>(
    `SELECT s.seq FROM snapshot.snapshot s JOIN snapshot.current c USING (workspace)
     WHERE s.workspace = $1 AND s.retired_at IS NULL AND s.seq <= c.seq - $2 AND s.seq <> c.seq
       AND s.published_at <= now() - $3 * interval '1 second'
     ORDER BY s.seq FOR UPDATE OF s`,
    [workspace, retention.snapshots, retention.seconds],
  );
  // A statement of its own sees the leases of those whom the one above waited for.
  await client.query(
    `UPDATE snapshot.snapshot s SET retired_at = now()
     WHERE s.workspace = $1 AND s.seq = ANY ($2::bigint[])
       AND NOT EXISTS (SELECT FROM snapshot.lease l WHERE l.workspace = s.workspace AND l.seq = s.seq)`,
    [workspace, rows.map((row) => row.seq)],
  );
}

/** Forgets snapshots whose time of grace is over and that nobody holds; returns the files that none that is left has. */
async function forgetRetired(
  client: Queryable,
  workspace: string,
  graceSeconds: number,
): Promise<readonly string[]> {
  await client.query(
    `DELETE FROM snapshot.snapshot s WHERE s.workspace = $1 AND s.retired_at <= now() - $2 * interval '1 second'
       AND NOT EXISTS (SELECT FROM snapshot.lease l WHERE l.workspace = s.workspace AND l.seq = s.seq)`,
    [workspace, graceSeconds],
  );
  const { rows } = await client.query<{ path: string }>(
    `SELECT f.path FROM snapshot.file f WHERE f.workspace = $1 AND f.last_seq IS NOT NULL AND NOT EXISTS (
       SELECT FROM snapshot.snapshot s WHERE s.workspace = f.workspace AND s.seq BETWEEN f.first_seq AND f.last_seq
     )`,
    [workspace],
  );
  return rows.map((row) => row.path);
}
