import { type ChunkCache, shardOf } from "@runweir/ingest-domain";
import type { Database, Queryable } from "@runweir/postgres";
import type { DeliveryCertificate, DeliveryLedger, RejectedBatch } from "@runweir/tracking-domain";
import { statisticsInSnapshot } from "../metrics/read-statistics.ts";

/** Of the rejected batches the newest are told one by one. */
const rejectedMax = 20;

interface LedgerRow {
  readonly segments: number | null;
  readonly points: number | null;
  readonly repeated_segments: number | null;
  readonly repeated_points: number | null;
  readonly rejected_points: number;
  readonly late_points: number | null;
  readonly last_applied_at: Date | null;
  readonly last_lag_ms: number | null;
  readonly longest_lag_ms: number | null;
  readonly folded_points: number;
  readonly has_pending: boolean;
  readonly damaged_batches: number;
  readonly rejected_batches: number;
  readonly rejected: readonly RejectedBatch[] | null;
  readonly senders: DeliveryLedger["clients"] | null;
  readonly certificate: DeliveryCertificate | null;
}

const milliseconds = (time: string) => `(extract(epoch FROM ${time}) * 1000)::bigint`;

const statement = `
  WITH letter AS (
    SELECT x.dead_letter_id, x.points FROM tracking.run r
    JOIN tracking.dead_letter_points x ON x.run_id = r.run_id
    JOIN tracking.dead_letter l ON l.dead_letter_id = x.dead_letter_id
    WHERE r.run_id = $1 AND l.workspace = r.workspace AND l.replayed_at IS NULL
  )
  SELECT d.segments, d.points, d.repeated_segments, d.repeated_points, d.late_points,
    d.last_applied_at, d.last_lag_ms, d.longest_lag_ms,
    (SELECT coalesce(sum(s.count), 0)::bigint FROM tracking.metric_series s WHERE s.run_no = r.run_no) AS folded_points,
    EXISTS (
      SELECT FROM tracking.metric_segment g JOIN tracking.fold_position f ON f.shard = g.shard
      WHERE g.shard = $2 AND g.run_no = r.run_no AND g.seq > f.folded_seq
    ) AS has_pending,
    (SELECT count(*) FROM tracking.metric_quarantine q WHERE q.shard = $2 AND q.run_no = r.run_no) AS damaged_batches,
    (SELECT count(*) FROM letter) AS rejected_batches,
    (SELECT coalesce(sum(points), 0)::bigint FROM letter) AS rejected_points,
    (SELECT json_agg(json_build_object('reason', l.reason, 'explanation', l.explanation,
       'at', ${milliseconds("l.set_aside_at")}, 'bytes', octet_length(l.body)) ORDER BY l.dead_letter_id DESC)
     FROM (SELECT * FROM letter ORDER BY dead_letter_id DESC LIMIT ${rejectedMax}) n
     JOIN tracking.dead_letter l ON l.dead_letter_id = n.dead_letter_id) AS rejected,
    (SELECT json_agg(json_build_object('client', k.client, 'lastAt', ${milliseconds("k.last_at")}, 'received',
       (SELECT json_agg(json_build_object('from', lower(x), 'to', upper(x) - 1) ORDER BY lower(x)) FROM unnest(k.received) x)))
     FROM tracking.run_sender k WHERE k.run_no = r.run_no) AS senders,
    (SELECT json_build_object('batches', c.batches, 'points', c.points, 'digest', c.digest, 'issuedAt', c.issued_at)
     FROM tracking.delivery_certificate c WHERE c.run_no = r.run_no) AS certificate
  FROM tracking.run r LEFT JOIN tracking.run_delivery d ON d.run_no = r.run_no
  WHERE r.run_id = $1`;

/** The delivery ledger of a run and how many distinct points it has, of one moment. A run that is absent has nothing. */
export function readDelivery(database: Database, cache: ChunkCache, runId: string): Promise<DeliveryLedger> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<LedgerRow>({
      name: "tracking.read_delivery",
      text: statement,
      values: [runId, shardOf(runId)],
    });
    const row = rows[0];
    const storedPoints = row?.has_pending ? await countExactly(client, cache, runId) : row?.folded_points;
    return toLedger(row, storedPoints ?? 0);
  }, "repeatable read");
}

async function countExactly(client: Queryable, cache: ChunkCache, runId: string): Promise<number> {
  const series = (await statisticsInSnapshot(client, cache, [runId])).get(runId) ?? [];
  return series.reduce((total, { count }) => total + count, 0);
}

function toLedger(row: LedgerRow | undefined, storedPoints: number): DeliveryLedger {
  return {
    applied: { batches: row?.segments ?? 0, points: row?.points ?? 0 },
    repeated: { batches: row?.repeated_segments ?? 0, points: row?.repeated_points ?? 0 },
    rejected: { batches: row?.rejected_batches ?? 0, points: row?.rejected_points ?? 0 },
    rejectedBatches: row?.rejected ?? [],
    damagedBatches: row?.damaged_batches ?? 0,
    storedPoints,
    latePoints: row?.late_points ?? 0,
    clients: row?.senders ?? [],
    lastAppliedAt: row?.last_applied_at?.getTime() ?? null,
    lastLagMs: row?.last_lag_ms ?? null,
    longestLagMs: row?.longest_lag_ms ?? null,
    certificate: row?.certificate ?? null,
  };
}
