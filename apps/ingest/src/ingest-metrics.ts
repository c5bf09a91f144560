import type { AppliedStretch, IncomingSegment, SegmentOutcome } from "@runweir/ingest-domain";
import type { Database } from "@runweir/postgres";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

export interface IngestMetrics {
  onApplied(stretch: AppliedStretch<IncomingSegment, SegmentOutcome>): void;
  onFenced(): void;
  setLag(partition: number, records: number): void;
  /** Partitions that are no longer ours must not keep their last figure. */
  forgetLag(): void;
}

const countBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const byteBuckets = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

export function createIngestMetrics(
  registry: Registry,
  options: { readonly database: Database; readonly clock: { now(): number } },
): IngestMetrics {
  const registers = [registry];
  const lagRecords = new Gauge({
    name: "runweir_ingest_consumer_lag_records",
    help: "Records of a partition that are acknowledged and not yet applied.",
    labelNames: ["partition"],
    registers,
  });
  const lagSeconds = new Gauge({
    name: "runweir_ingest_consumer_lag_seconds",
    help: "Age of the last applied record of a partition while others wait behind it; 0 when none do.",
    labelNames: ["partition"],
    registers,
  });
  const segments = new Histogram({
    name: "runweir_ingest_apply_batch_segments",
    help: "Segments of one transaction.",
    buckets: countBuckets,
    registers,
  });
  const bytes = new Histogram({
    name: "runweir_ingest_apply_batch_bytes",
    help: "Encoded bytes of one transaction.",
    buckets: byteBuckets,
    registers,
  });
  const duration = new Histogram({
    name: "runweir_ingest_apply_duration_seconds",
    help: "Time of one transaction, retries included.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers,
  });
  const points = new Counter({
    name: "runweir_ingest_points_total",
    help: "Points by what became of them.",
    labelNames: ["outcome"],
    registers,
  });
  const fenced = new Counter({
    name: "runweir_ingest_fenced_total",
    help: "Times that another claim was found on a partition.",
    registers,
  });
  const deadLetters = new Counter({
    name: "runweir_ingest_dead_letters_total",
    help: "Records set aside because they can never be applied as they are.",
    registers,
  });
  trackBacklog(registers, options.database);
  const lastLoggedAt = new Map<number, number>();
  return {
    onApplied(stretch) {
      segments.observe(stretch.entries.length);
      bytes.observe(stretch.entries.reduce((sum, segment) => sum + segment.body.length, 0));
      duration.observe(stretch.seconds);
      for (const [i, outcome] of stretch.applied.outcomes.entries()) {
        const segment = stretch.entries[i];
        const kind = outcome.status.startsWith("run_") ? "rejected" : outcome.status;
        points.inc({ outcome: kind }, segment?.points ?? 0);
        if (kind === "rejected") deadLetters.inc();
      }
      deadLetters.inc(stretch.deadLetters.length);
      points.inc({ outcome: "dead_letter" }, stretch.deadLetters.length);
      const last = stretch.entries.at(-1)?.loggedAt;
      if (last !== undefined) lastLoggedAt.set(stretch.partition, last);
    },
    onFenced: () => fenced.inc(),
    setLag(partition, records) {
      lagRecords.set({ partition: String(partition) }, records);
      const last = lastLoggedAt.get(partition);
      const seconds = records === 0 || last === undefined ? 0 : (options.clock.now() - last) / 1_000;
      lagSeconds.set({ partition: String(partition) }, Math.max(0, seconds));
    },
    forgetLag() {
      lagRecords.reset();
      lagSeconds.reset();
    },
  };
}

/** What folding has still to do, asked for when somebody looks. */
function trackBacklog(registers: Registry[], database: Database): void {
  const segments = new Gauge({
    name: "runweir_ingest_segments_waiting",
    help: "Segments that folding has not merged yet.",
    registers,
  });
  new Gauge({
    name: "runweir_ingest_unfolded_bytes",
    help: "Encoded bytes that folding has not merged yet.",
    registers,
    async collect() {
      const [row] = await database
        .query<{ segments: number; bytes: number }>(
          `SELECT sum(s.last_seq - f.folded_seq)::bigint AS segments, sum(s.written_bytes - f.folded_bytes)::bigint AS bytes
           FROM tracking.metric_shard s JOIN tracking.fold_position f USING (shard)`,
        )
        .catch(() => []);
      if (!row) return;
      segments.set(row.segments);
      this.set(row.bytes);
    },
  });
}
