import { type InboundEntry, type InboundRecord, inboundReader } from "@runweir/ingest-inbound";
import type { IHeaders, KafkaMessage } from "kafkajs";
import { leaderEpochOf, type TopicContent } from "../kafka-consumer.ts";

/** The inbound topic, as its consumer reads it. Producers may write in transactions. */
export const inboundRecords: TopicContent<InboundRecord, InboundEntry> = {
  toRecord: (message: KafkaMessage) => ({
    offset: Number(message.offset),
    leaderEpoch: leaderEpochOf(message),
    loggedAt: Number(message.timestamp),
    headers: readHeaders(message.headers),
    body: message.value ?? new Uint8Array(),
  }),
  reader: inboundReader,
  transactions: true,
};

/** By lower-case names; of several headers of one name the last counts. */
function readHeaders(headers: IHeaders | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => {
      const last = Array.isArray(value) ? value.at(-1) : value;
      return [name.toLowerCase(), last?.toString() ?? ""];
    }),
  );
}
