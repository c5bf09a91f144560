import type { AppliedStretch, IncomingSegment, SegmentOutcome } from "@runweir/ingest-domain";
import type { InboundEntry, InboundOutcome } from "@runweir/ingest-inbound";
import type { Database } from "@runweir/postgres";
import { Counter, Histogram, type Registry } from "prom-client";
import { createLagMetrics } from "./lag-metrics.ts";
import type { TopicMetrics } from "./topic-metrics.ts";
import { trackBacklog } from "./track-backlog.ts";

export interface IngestMetrics {
  readonly points: TopicMetrics<IncomingSegment, SegmentOutcome>;
  readonly inbound: TopicMetrics<InboundEntry, InboundOutcome>;
}

const countBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const byteBuckets = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

export function createIngestMetrics(
  registry: Registry,
  options: { readonly database: Database; readonly clock: { now(): number } },
): IngestMetrics {
  const registers = [registry];
  const records = new Histogram({
    name: "runweir_ingest_apply_batch_segments",
    help: "Segments, or messages of the inbound topic, of one transaction.",
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
  const messages = new Counter({
    name: "runweir_ingest_inbound_messages_total",
    help: "Messages of the inbound topic by what became of them.",
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
  trackBacklog(registry, options.database);
  const lagOf = createLagMetrics(registry, options.clock);
  const pointsLag = lagOf("points");
  const inboundLag = lagOf("inbound");

  function noteStretch(
    stretch: Pick<AppliedStretch<Logged, unknown>, "entries" | "deadLetters" | "seconds" | "partition">,
    lag: typeof pointsLag,
  ): void {
    records.observe(stretch.entries.length);
    bytes.observe(stretch.entries.reduce((sum, entry) => sum + entry.body.length, 0));
    duration.observe(stretch.seconds);
    deadLetters.inc(stretch.deadLetters.length);
    lag.noteApplied(stretch.partition, stretch.entries.at(-1)?.loggedAt);
  }

  return {
    points: {
      ...pointsLag,
      onApplied(stretch) {
        noteStretch(stretch, pointsLag);
        for (const [i, outcome] of stretch.applied.outcomes.entries()) {
          const kind = outcome.status.startsWith("run_") ? "rejected" : outcome.status;
          points.inc({ outcome: kind }, stretch.entries[i]?.points ?? 0);
          if (kind === "rejected") deadLetters.inc();
        }
        points.inc({ outcome: "dead_letter" }, stretch.deadLetters.length);
      },
      onFenced: () => fenced.inc(),
    },
    inbound: {
      ...inboundLag,
      onApplied(stretch) {
        noteStretch(stretch, inboundLag);
        messages.inc({ outcome: "malformed" }, stretch.deadLetters.length);
        for (const outcome of stretch.applied.outcomes) {
          messages.inc({ outcome: outcome.status });
          if (outcome.status === "refused") deadLetters.inc();
          else {
            points.inc({ outcome: "applied" }, outcome.points);
            points.inc({ outcome: "repeated" }, outcome.repeatedPoints);
          }
        }
      },
      onFenced: () => fenced.inc(),
    },
  };
}

interface Logged {
  readonly body: Uint8Array;
  readonly loggedAt?: number | undefined;
}
