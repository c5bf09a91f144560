import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "@runweir/postgres";

/** What the points take on disk, in bytes: whole relations with their indexes and TOAST. */
export interface StoredBytes {
  readonly points: number;
  readonly chunks: number;
  /** Of `chunks`, the encoded points themselves. */
  readonly bodies: number;
  readonly series: number;
  /** Emptied by folding; the space is used again. */
  readonly segments: number;
  /** Write-ahead log written since the database was made. */
  readonly wal: number;
}

/** The Postgres that a Runweir keeps in its data folder. */
export function openOwnDatabase(dataFolder: string): Database {
  const password = readFileSync(join(dataFolder, "postgres-password"), "utf8").trim();
  const url = `postgres://runweir:${password}@/runweir?host=${encodeURIComponent(join(dataFolder, "run"))}&port=5432`;
  return openDatabase({ url, applicationName: "runweir-bench", connectionsMax: 2 });
}

/** Waits until folding and merging have nothing left to do, then measures. Gives up waiting after `limitMs`. */
export async function measureStoredBytes(database: Database, limitMs: number): Promise<StoredBytes> {
  const deadline = performance.now() + limitMs;
  let before = "";
  while (performance.now() < deadline) {
    const [row] = await database.query<{ unfolded: number; chunks: number }>(
      `SELECT (SELECT sum(s.last_seq - f.folded_seq)::bigint
               FROM tracking.metric_shard s JOIN tracking.fold_position f USING (shard)) AS unfolded,
         (SELECT count(*) FROM tracking.metric_chunk) AS chunks`,
    );
    const now = JSON.stringify(row);
    if (row?.unfolded === 0 && now === before) break;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  await database.query("VACUUM ANALYZE tracking.metric_chunk, tracking.metric_series");
  const [sizes] = await database.query<Record<keyof StoredBytes, number>>(
    `SELECT
       (SELECT coalesce(sum(count), 0)::bigint FROM tracking.metric_series) AS points,
       ${sizeOf("metric_chunk")} AS chunks,
       (SELECT coalesce(sum(octet_length(body)), 0)::bigint FROM tracking.metric_chunk) AS bodies,
       ${sizeOf("metric_segment")} AS segments,
       pg_total_relation_size('tracking.metric_series') AS series,
       (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint AS wal`,
  );
  return sizes as StoredBytes;
}

function sizeOf(partitioned: string): string {
  return `(SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits
    WHERE inhparent = 'tracking.${partitioned}'::regclass)`;
}
