import type { LogRecord, SenderPosition } from "@runweir/ingest-domain";
import type { IHeaders, KafkaMessage, Message } from "kafkajs";

export interface OutgoingSegment {
  readonly workspace: string;
  readonly runId: string;
  readonly partition: number;
  readonly body: Uint8Array;
  readonly sender?: SenderPosition | undefined;
  readonly traceparent?: string | undefined;
}

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

export function fromMessage(message: KafkaMessage): LogRecord {
  return {
    offset: Number(message.offset),
    loggedAt: Number(message.timestamp),
    workspace: headerText(message.headers, "workspace"),
    client: headerText(message.headers, "client"),
    sequence: headerText(message.headers, "sequence"),
    body: message.value ?? new Uint8Array(),
  };
}

export function headerText(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return value === undefined || Array.isArray(value) ? undefined : value.toString();
}
