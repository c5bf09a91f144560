import { DomainError } from "@runweir/errors";
import type { LogReader } from "@runweir/ingest-domain";
import type { InboundEntry, InboundRecord } from "./inbound-entry.ts";
import { readMessage } from "./read-message.ts";

/** How the inbound topic is read. All that a message says by itself is checked; nothing is guessed or left out. */
export const inboundReader: LogReader<InboundRecord, InboundEntry> = {
  async read(record) {
    try {
      return { entry: await readMessage(record) };
    } catch (error) {
      return {
        deadLetter: {
          offset: record.offset,
          reason: "malformed",
          explanation: explain(error),
          workspace: undefined,
          runId: undefined,
          headers: record.headers,
          body: record.body,
        },
      };
    }
  },
  setAside: ({ offset, workspace, headers, body }, explanation) => ({
    offset,
    reason: "refused",
    explanation,
    workspace,
    runId: undefined,
    headers,
    body,
  }),
};

/** Reading depends on the bytes alone: whatever is thrown would be thrown again, and must not hold up what comes behind. */
function explain(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  return `The message cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}
