import { createNameMemory, type NameCounter, peekNames, shardOf } from "@runweir/ingest-domain";
import { type Database, rethrowTranslated } from "@runweir/postgres";

/** Counts the metric names of a run exactly: those of its series, and those of its segments that wait for folding. */
export function createNameCounter({ database }: { readonly database: Database }): NameCounter {
  return async (workspace, runId, keys) => {
    // Waiting segments are looked at first: what is folded in between is found among the series, and in both by its name.
    const rows = await database
      .query<{ run_no: number; body: Buffer | null }>(
        `SELECT r.run_no, g.body
         FROM tracking.run r
         JOIN tracking.fold_position f ON f.shard = $3
         LEFT JOIN tracking.metric_segment g ON g.shard = f.shard AND g.run_no = r.run_no AND g.seq > f.folded_seq
         WHERE r.run_id = $1 AND r.workspace = $2`,
        [runId, workspace, shardOf(runId)],
      )
      .catch(rethrowTranslated);
    const run = rows[0];
    if (run === undefined) return { known: 0, fresh: new Set(keys).size };
    const waiting = namesOf(rows);
    const asked = new Set([...waiting, ...keys]);
    const [row] = await database
      .query<{ series: number; folded: string[] }>(
        `SELECT
           (SELECT count(*)::int FROM tracking.metric_series WHERE run_no = $1) AS series,
           ARRAY(
             SELECT k.key FROM tracking.metric_key k
             JOIN tracking.metric_series s ON s.run_no = $1 AND s.key_id = k.key_id
             WHERE k.key = ANY($2::text[])
           ) AS folded`,
        [run.run_no, [...asked]],
      )
      .catch(rethrowTranslated);
    const folded = new Set(row?.folded);
    const onlyWaiting = [...waiting].filter((name) => !folded.has(name)).length;
    const fresh = [...new Set(keys)].filter((name) => !folded.has(name) && !waiting.has(name)).length;
    return { known: (row?.series ?? 0) + onlyWaiting, fresh };
  };
}

function namesOf(rows: readonly { readonly body: Buffer | null }[]): ReadonlySet<string> {
  const names = new Set<string>();
  const memory = createNameMemory();
  for (const { body } of rows) {
    if (body === null) continue;
    try {
      for (const name of peekNames(body, memory)) names.add(name);
    } catch {
      // Folding, which reads it next, sets a damaged segment aside: its names do not come to be.
    }
  }
  return names;
}
