import { DomainError } from "@runweir/errors";
import { type FoldRequest, foldShard } from "./fold-shard.ts";
import type { MetricContext } from "./metric-context.ts";

/** As long as a read waits for the log: whoever asks is told to come again rather than left without an answer. */
const readMs = 5_000;

interface Unfolded {
  readonly shard: number;
  readonly folded_seq: number;
  readonly last_seq: number;
}

/** The shards that hold segments not yet folded. */
export function findUnfolded(context: MetricContext): Promise<readonly Unfolded[]> {
  return context.database.query<Unfolded>(
    `SELECT f.shard, f.folded_seq, s.last_seq FROM tracking.fold_position f JOIN tracking.metric_shard s USING (shard)
     WHERE s.last_seq > f.folded_seq ORDER BY f.shard`,
  );
}

/**
 * Folds what these experiments had unfolded when it was called; what arrives later is left. Other experiments' segments
 * are left too, so the cost is that of the asker's own backlog, which back-pressure bounds. Rejects with `unavailable` when
 * that takes longer than a read may; what was folded until then stays so, and the next call has less to do.
 */
export async function catchUp(
  context: MetricContext,
  experimentIds: readonly string[],
  longestMs = readMs,
): Promise<void> {
  if (experimentIds.length === 0) return;
  const deadline = performance.now() + longestMs;
  const unfolded = await findUnfolded(context);
  if (unfolded.length === 0) return;
  const rows = await context.database.query<{ shard: number; run_nos: string[] }>(
    `SELECT u.shard, array_agg(DISTINCT g.run_no) AS run_nos
           FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS u (shard, folded_seq, last_seq)
           CROSS JOIN LATERAL (
             SELECT DISTINCT g.run_no FROM tracking.metric_segment g
             WHERE g.shard = u.shard AND g.seq > u.folded_seq AND g.seq <= u.last_seq
             OFFSET 0
           ) g
           JOIN tracking.run r ON r.run_no = g.run_no
           WHERE r.experiment_id = ANY($4::bigint[])
           GROUP BY u.shard ORDER BY u.shard`,
    [
      unfolded.map((one) => one.shard),
      unfolded.map((one) => one.folded_seq),
      unfolded.map((one) => one.last_seq),
      experimentIds,
    ],
  );
  for (const row of rows) {
    const upToSeq = unfolded.find((one) => one.shard === row.shard)?.last_seq;
    await foldRuns(context, { shard: row.shard, runNos: row.run_nos.map(Number), upToSeq }, deadline);
  }
}

/** Folds until nothing is left of what was asked for, or until then (in milliseconds of `performance.now()`). */
export async function foldRuns(
  context: MetricContext,
  request: FoldRequest,
  deadline = performance.now() + readMs,
): Promise<void> {
  for (;;) {
    const { more } = await foldShard(context, request);
    if (!more) return;
    if (performance.now() >= deadline)
      throw new DomainError(
        "unavailable",
        "Metrics that were logged before this request are still being summed up. Please retry.",
        { reason: "behind", retryAfterSeconds: 1 },
      );
  }
}
