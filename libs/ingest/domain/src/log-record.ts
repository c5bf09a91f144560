import { hash } from "node:crypto";
import type { IncomingSegment, RunPointCount } from "./incoming-segment.ts";
import type { LogReader, ReadRecord } from "./log-store.ts";
import { peekSegment } from "./segment.ts";
import { shardOf } from "./shard-of.ts";

/** A record as a log delivers it; everything but its offset was written by somebody and may be wrong. */
export interface LogRecord {
  readonly offset: number;
  /** Of the leader that took it, where the log tells. */
  readonly leaderEpoch?: number | undefined;
  /** When the log took it, in milliseconds since 1970. */
  readonly loggedAt: number;
  readonly workspace: string | undefined;
  /** The run's id, beside the bytes that hold it too: it tells whose record it was when those are damaged. */
  readonly key?: string | undefined;
  /** As it was sent along: a name, and a number in decimal digits. */
  readonly client: string | undefined;
  readonly sequence: string | undefined;
  readonly traceparent?: string | undefined;
  readonly body: Uint8Array;
}

/** No door takes longer ones. */
const runIdMax = 256;

/** 128 bits of SHA-256 as 32 hexadecimal digits: recognises a request that is sent again. */
export function digestOf(body: Uint8Array): string {
  return hash("sha256", body, "hex").slice(0, 32);
}

/** How the log of segments is read. */
export const segmentReader: LogReader<LogRecord, IncomingSegment> = {
  read: readLogRecord,
  setAside: (segment, explanation) => ({
    offset: segment.offset ?? 0,
    reason: "refused",
    explanation,
    workspace: segment.workspace,
    runs: [{ runId: segment.runId, points: segment.points }],
    headers: senderHeaders(segment.sender?.client, segment.sender?.sequence.toString()),
    body: segment.body,
  }),
};

/** Frame, checksum, partition, sender. */
function readLogRecord(record: LogRecord, partition: number): ReadRecord<IncomingSegment> {
  const refuse = (explanation: string, ...runs: readonly RunPointCount[]): ReadRecord<IncomingSegment> => ({
    deadLetter: {
      offset: record.offset,
      reason: "malformed",
      explanation,
      workspace: record.workspace,
      runs,
      headers: senderHeaders(record.client, record.sequence),
      body: record.body,
    },
  });
  if (!record.workspace) return refuse("The record does not say which workspace it is for.");
  let head: { readonly runId: string; readonly points: number };
  try {
    head = peekSegment(record.body);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), ...runByKey(record));
  }
  if (head.runId.length > runIdMax) return refuse(`Its run's id has ${head.runId.length} characters.`);
  const shard = shardOf(head.runId);
  if (shard !== partition)
    return refuse(`Run ${head.runId} belongs to partition ${shard}, found in ${partition}.`, head);
  const sender = readSender(record);
  if (sender === "malformed")
    return refuse(`The sender's sequence number is ${JSON.stringify(record.sequence)}.`, head);
  return {
    entry: {
      workspace: record.workspace,
      runId: head.runId,
      shard,
      digest: digestOf(record.body),
      points: head.points,
      body: record.body,
      sender,
      offset: record.offset,
      loggedAt: record.loggedAt,
      traceparent: record.traceparent,
    },
  };
}

function runByKey({ key }: LogRecord): readonly RunPointCount[] {
  return key === undefined || key.length > runIdMax ? [] : [{ runId: key, points: undefined }];
}

function readSender({ client, sequence }: LogRecord): IncomingSegment["sender"] | "malformed" {
  if (client === undefined) return undefined;
  if (sequence === undefined || !/^[1-9]\d{0,14}$/.test(sequence)) return "malformed";
  return { client, sequence: Number(sequence) };
}

function senderHeaders(client: string | undefined, sequence: string | undefined): Record<string, string> {
  return {
    ...(client === undefined ? {} : { client }),
    ...(sequence === undefined ? {} : { sequence }),
  };
}
