import { DomainError } from "@runweir/errors";
import {
  type AppendReceipt,
  type AppendRequest,
  type AppliedState,
  encodeSegment,
  type LogPosition,
  type LogTransport,
  type PointBatch,
  shardOf,
} from "@runweir/ingest-domain";
import { unreachable } from "@runweir/kafka";
import type { Admin, Kafka } from "kafkajs";
import { KafkaAppender } from "./kafka-appender.ts";
import type { LogTopic } from "./log-topic.ts";
import { toMessage } from "./point-message.ts";
import { batchBytesMax, segmentBytesMax } from "./points-topic.ts";
import { createReadBarrier } from "./read-barrier.ts";
import { createRunStages } from "./run-stages.ts";
import { within } from "./within.ts";

export interface KafkaLogOptions {
  readonly kafka: Kafka;
  /** Connected. */
  readonly admin: Admin;
  readonly topic: LogTopic;
  readonly state: AppliedState;
  readonly clock: { now(): number };
  /** Encoded bytes that may wait for their acknowledgement, before requests are turned away. */
  readonly queueBytes?: number;
  /** Longest time until an append is answered. */
  readonly appendMs?: number;
  /** Longest time that a read waits. */
  readonly readMs?: number;
  /** The trace that the present request belongs to, in the form of the W3C header. */
  readonly traceparent?: () => string | undefined;
  readonly onAppended?: (seconds: number) => void;
  readonly onBarrier?: (seconds: number) => void;
  readonly onTrouble?: (message: string, error: unknown) => void;
}

/** Metric points through Kafka. A request is answered when all in-sync replicas have it, or when Postgres has it too. */
export function createKafkaLog(options: KafkaLogOptions): LogTransport & { readonly queuedBytes: number } {
  const { kafka, admin, topic, state, clock, queueBytes = 64 * 2 ** 20 } = options;
  const { appendMs = 15_000, readMs = 5_000 } = options;
  const appender = new KafkaAppender({
    kafka,
    topic: topic.topic,
    batchBytes: batchBytesMax,
    deadlineMs: appendMs,
    onTrouble: options.onTrouble,
  });
  const stagesOf = createRunStages(state);
  const barrier = createReadBarrier({
    highWatermarks: async () => {
      const offsets = await admin.fetchTopicOffsets(topic.topic).catch((error: unknown) => {
        throw unreachable(error);
      });
      return new Map(offsets.map((one) => [one.partition, Number(one.high)]));
    },
    nextOffsets: () => state.nextOffsets(topic.source),
    clock,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    deadlineMs: readMs,
  });
  let queued = 0;
  let closed = false;

  async function appendBody(request: AppendRequest, body: Uint8Array): Promise<LogPosition> {
    const { workspace, runId, sender } = request;
    if (queued > 0 && queued + body.length > queueBytes)
      throw new DomainError("resource_exhausted", "Too many metrics wait for the log. Please retry.", {
        reason: "queue",
        retryAfterSeconds: 1,
      });
    const partition = shardOf(runId);
    const traceparent = options.traceparent?.();
    queued += body.length;
    try {
      const message = toMessage({ workspace, runId, partition, body, sender, traceparent });
      return { partition, offset: await appender.append(message, body.length) };
    } finally {
      queued -= body.length;
    }
  }

  /** What does not fit into one record goes in halves; the position is that of the last. */
  async function appendPoints(request: AppendRequest): Promise<LogPosition> {
    const body = encodeSegment(request.runId, request.points);
    const count = request.points.values.length;
    if (body.length <= segmentBytesMax || count === 1) return appendBody(request, body);
    const [first, second] = await Promise.all([
      appendPoints({ ...request, points: sliceBatch(request.points, 0, count >> 1) }),
      appendPoints({ ...request, points: sliceBatch(request.points, count >> 1, count) }),
    ]);
    return first.offset > second.offset ? first : second;
  }

  return {
    get queuedBytes() {
      return queued;
    },

    async append(request): Promise<AppendReceipt> {
      if (closed) throw new DomainError("unavailable", "The server is stopping.", { retryAfterSeconds: 1 });
      const deadline = clock.now() + appendMs;
      const stage = await within(appendMs, stagesOf(request));
      if (stage === undefined) return { status: "run_not_found" };
      if (stage === "deleted") return { status: "run_deleted" };
      const began = clock.now();
      const position = await within(deadline - began, appendPoints(request));
      options.onAppended?.((clock.now() - began) / 1_000);
      const applied = request.acknowledgement === "applied";
      if (applied) await barrier.awaitOffsets(new Map([[position.partition, position.offset + 1]]));
      return { status: "accepted", applied, position };
    },

    async awaitApplied(runIds) {
      if (runIds.length === 0) return;
      const began = clock.now();
      const partitions = runIds === "all" ? "all" : new Set(runIds.map(shardOf));
      // The barrier's own deadline comes first where both sides answer; this one holds where one of them does not.
      await within(readMs + 1_000, barrier.awaitPartitions(partitions));
      options.onBarrier?.((clock.now() - began) / 1_000);
    },

    async close() {
      closed = true;
      await appender.close();
    },
  };
}

/** Points `from` to `to`, with all keys: the encoder leaves out those without points. */
function sliceBatch(points: PointBatch, from: number, to: number): PointBatch {
  return {
    keys: points.keys,
    keyIndexes: points.keyIndexes.subarray(from, to),
    steps: points.steps.subarray(from, to),
    timestamps: points.timestamps.subarray(from, to),
    values: points.values.subarray(from, to),
  };
}
