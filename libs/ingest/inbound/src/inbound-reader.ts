import { DomainError } from "@runweir/errors";
import { defaultWorkspace } from "@runweir/identity-domain";
import type { LogReader } from "@runweir/ingest-domain";
import type { InboundEntry, InboundRecord } from "./inbound-entry.ts";
import { readMessage } from "./read-message.ts";
import { runsInEntry, runsInMalformed } from "./runs-in-message.ts";

/** How the inbound topic is read. All that a message says by itself is checked; nothing is guessed or left out. */
export const inboundReader: LogReader<InboundRecord, InboundEntry> = {
  async read(record) {
    try {
      return { entry: await readMessage(record) };
    } catch (error) {
      const runs = await runsInMalformed(record);
      return {
        deadLetter: {
          offset: record.offset,
          reason: "malformed",
          explanation: explain(error),
          workspace: runs.length > 0 ? defaultWorkspace : undefined,
          runs,
          headers: record.headers,
          body: record.body,
        },
      };
    }
  },
  setAside: (entry, explanation) => ({
    offset: entry.offset,
    reason: "refused",
    explanation,
    workspace: entry.workspace,
    runs: runsInEntry(entry),
    headers: entry.headers,
    body: entry.body,
  }),
};

/** Reading depends on the bytes alone: whatever is thrown would be thrown again, and must not hold up what comes behind. */
function explain(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  return `The message cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}
