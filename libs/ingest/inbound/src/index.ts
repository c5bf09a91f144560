export type { InboundEntry, InboundOutcome, InboundRecord, InboundStore } from "./inbound-entry.ts";
export { inboundReader } from "./inbound-reader.ts";
export type { RunEvent } from "./run-event.ts";
export { inboundTopicName, isInboundSource } from "./topic-name.ts";
