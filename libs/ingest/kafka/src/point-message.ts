import {
  type IncomingSegment,
  type LogRecord,
  type OutgoingSegment,
  segmentReader,
} from "@runweir/ingest-domain";
import type { IHeaders, KafkaMessage, Message } from "kafkajs";
import { leaderEpochOf, type TopicContent } from "./kafka-consumer.ts";

export function toMessage(segment: OutgoingSegment): Message {
  const { sender, traceparent } = segment;
  return {
    key: segment.runId,
    partition: segment.partition,
    value: Buffer.from(segment.body.buffer, segment.body.byteOffset, segment.body.byteLength),
    headers: {
      workspace: segment.workspace,
      ...(sender ? { client: sender.client, sequence: String(sender.sequence) } : {}),
      ...(traceparent ? { traceparent } : {}),
    },
  };
}

/** The points topic, as its consumer reads it. */
export const pointRecords: TopicContent<LogRecord, IncomingSegment> = {
  toRecord: fromMessage,
  reader: segmentReader,
  transactions: false,
};

function fromMessage(message: KafkaMessage): LogRecord {
  return {
    offset: Number(message.offset),
    leaderEpoch: leaderEpochOf(message),
    loggedAt: Number(message.timestamp),
    workspace: headerText(message.headers, "workspace"),
    key: message.key?.toString(),
    client: headerText(message.headers, "client"),
    sequence: headerText(message.headers, "sequence"),
    traceparent: headerText(message.headers, "traceparent"),
    body: message.value ?? new Uint8Array(),
  };
}

function headerText(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return value === undefined || Array.isArray(value) ? undefined : value.toString();
}
