import { DomainError } from "@runweir/errors";
import { defaultWorkspace } from "@runweir/identity-domain";
import type { LogReader } from "@runweir/ingest-domain";
import type { InboundEntry, InboundRecord } from "./inbound-entry.ts";
import { isObject, type MessageFields, messageFields, refused } from "./message-fields.ts";
import { readRunEvent } from "./read-run-event.ts";

const types = ["run_created", "run_finished", "params", "tags"] as const;
const runIdMax = 256;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** How the inbound topic is read. All that a message says by itself is checked; nothing is guessed or left out. */
export const inboundReader: LogReader<InboundRecord, InboundEntry> = {
  read(record) {
    try {
      return { entry: readMessage(record) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return {
        deadLetter: {
          offset: record.offset,
          reason: "malformed",
          explanation: error.message,
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

function readMessage(record: InboundRecord): InboundEntry {
  if (record.body.length === 0) throw invalid("The message is empty.");
  const contentType = record.headers["content-type"] ?? "application/json";
  if (!/^application\/json *(;|$)/i.test(contentType))
    throw refused("header content-type", "must be application/json", contentType);
  const message = parseObject(record.body);
  const fields = messageFields(message);
  const kind = fields.choice("type", types);
  const workspace = readWorkspace(fields);
  const event = readRunEvent(kind, readRunId(fields), fields);
  fields.refuseOthers();
  return { ...record, workspace, content: { kind: "event", event } };
}

/** There is one workspace so far; a name that is none must not make things that nobody will find. */
function readWorkspace(fields: MessageFields): string {
  return fields.choice("workspace", [defaultWorkspace], defaultWorkspace);
}

function readRunId(fields: MessageFields): string {
  const runId = fields.text("run_id");
  if (runId.length > 0 && runId.length <= runIdMax && !runId.includes("\0")) return runId;
  throw refused("run_id", `must be 1 to ${runIdMax} characters, none of them NUL`, runId);
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> {
  let message: unknown;
  try {
    message = JSON.parse(decoder.decode(body));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw invalid(`The message is not JSON: ${why}`);
  }
  if (isObject(message)) return message;
  throw invalid(
    `The message must be a JSON object. Found ${Array.isArray(message) ? "a list" : String(message)}.`,
  );
}

function invalid(message: string): DomainError {
  return new DomainError("invalid_argument", message);
}
