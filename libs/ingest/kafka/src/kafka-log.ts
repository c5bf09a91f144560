import {
  type AppliedState,
  createGroupAppender,
  createLogFront,
  createReadBarrier,
  type LogTransport,
} from "@runweir/ingest-domain";
import { openLogView, unreachable } from "@runweir/kafka";
import type { Kafka } from "kafkajs";
import { connectProducer } from "./connect-producer.ts";
import type { LogTopic } from "./log-topic.ts";
import { batchBytesMax } from "./points-topic.ts";
import { within } from "./within.ts";

export interface KafkaLogOptions {
  readonly kafka: Kafka;
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
  const { kafka, topic, state, clock, queueBytes = 64 * 2 ** 20 } = options;
  const { appendMs = 15_000, readMs = 5_000 } = options;
  const appender = createGroupAppender({
    connect: () => connectProducer(kafka, topic.topic),
    partitionOf: (segment) => segment.partition,
    groupBytes: batchBytesMax,
    inTime: (work) => within(appendMs, work),
    refusal: unreachable,
    onTrouble: options.onTrouble,
  });
  const view = openLogView(kafka, topic.topic);
  const barrier = createReadBarrier({
    ends: view.ends,
    positions: () => state.positions(topic.source),
    endOfEpoch: view.endOfEpoch,
    clock,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    deadlineMs: readMs,
  });
  const front = createLogFront({
    appender,
    barrier,
    state,
    clock,
    within,
    appendMs,
    readMs,
    queueBytes,
    traceparent: options.traceparent,
    onAppended: options.onAppended,
    onBarrier: options.onBarrier,
  });
  return {
    get queuedBytes() {
      return front.queuedBytes;
    },
    append: front.append,
    awaitApplied: front.awaitApplied,
    async close() {
      await front.close();
      await view.close();
    },
  };
}
