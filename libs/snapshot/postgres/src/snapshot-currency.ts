import { type Database, translateFailures } from "@runweir/postgres";

/** With more changes than these, of whatever, nobody looks which they are. */
const looksMax = 5_000;

/** Whether the current snapshot is all there is to know of some experiments. */
export function createSnapshotCurrency(given: Database) {
  const database = translateFailures(given);
  return {
    /**
     * Its number, when nothing of these experiments and their runs has changed since; undefined when something has, or
     * nobody knows. What the metric log holds and has not been applied is not seen.
     */
    async currentFor(workspace: string, experimentIds: readonly string[]): Promise<number | undefined> {
      const [row] = await database.query<{ seq: number }>(
        statement,
        [workspace, experimentIds, looksMax],
        "snapshot.current_for",
      );
      return row?.seq;
    },
  };
}

/**
 * One statement, so one view of the database. Chunks count only where their shard has new segments: folding and merging
 * make chunks of what the snapshot holds, too. A run that is no more may have been of any experiment.
 */
const statement = `
  WITH state AS (
    SELECT c.seq, s.position FROM snapshot.current c
    JOIN snapshot.snapshot s USING (workspace, seq) JOIN snapshot.recorder k USING (workspace)
    WHERE c.workspace = $1 AND k.complete AND k.until > now()
  ), changes AS MATERIALIZED (
    SELECT c.workspace, c.kind, c.number FROM snapshot.change c LIMIT $3::int + 1
  ), chunks AS MATERIALIZED (
    SELECT n.shard, n.run_no FROM snapshot.new_chunk n LIMIT $3::int + 1
  ), moved AS MATERIALIZED (
    SELECT m.shard, (s.position ->> m.shard)::bigint AS seq FROM state s CROSS JOIN tracking.metric_shard m
    WHERE m.last_seq > (s.position ->> m.shard)::bigint
  ), segments AS MATERIALIZED (
    SELECT g.run_no FROM moved m CROSS JOIN LATERAL (
      SELECT g.run_no FROM tracking.metric_segment g WHERE g.shard = m.shard AND g.seq > m.seq LIMIT $3::int + 1
    ) g LIMIT $3::int + 1
  ), touched AS (
    SELECT number AS run_no FROM changes WHERE kind = 'run' AND (workspace = $1 OR workspace IS NULL)
    UNION SELECT run_no FROM chunks JOIN moved USING (shard)
    UNION SELECT run_no FROM segments
  )
  SELECT s.seq FROM state s
  WHERE (SELECT count(*) FROM changes) <= $3::int AND (SELECT count(*) FROM chunks) <= $3::int
    AND (SELECT count(*) FROM segments) <= $3::int
    AND NOT EXISTS (SELECT FROM changes WHERE kind = 'experiment' AND number = ANY ($2::bigint[]))
    AND NOT EXISTS (
      SELECT FROM touched t LEFT JOIN tracking.run r USING (run_no)
      WHERE r.run_no IS NULL OR r.experiment_id = ANY ($2::bigint[])
    )`;
