import { isUtf8 } from "node:buffer";
import { defaultWorkspace } from "@runweir/identity-domain";
import type { RunPoints } from "@runweir/ingest-domain";
import {
  formatLimits,
  malformedBody,
  parseJson,
  type ReadLease,
  readArrowPoints,
  readJsonRuns,
  readRecord,
  refused,
} from "@runweir/ingest-formats";
import type { InboundEntry, InboundRecord } from "./inbound-entry.ts";
import { type MessageFields, messageFields } from "./message-fields.ts";
import { readRunEvent } from "./read-run-event.ts";
import { toSegments } from "./to-segments.ts";

const types = ["points", "run_created", "run_finished", "params", "tags"] as const;
const runIdMax = 256;
/** A record is in memory as a whole, and its topic bounds it. */
const inMemory: ReadLease = { take() {}, give() {}, whenRelaxed: async () => {} };

/** Reads a message whole; throws `invalid_argument` for the first thing that is not in order, naming its place. */
export async function readMessage(record: InboundRecord): Promise<InboundEntry> {
  if (record.body.length === 0) throw malformedBody("it is empty");
  const [contentType = ""] = (record.headers["content-type"] ?? "application/json").split(";");
  switch (contentType.trim().toLowerCase()) {
    case "application/json":
      return readJsonMessage(record);
    case "application/vnd.apache.arrow.stream":
      return readArrowMessage(record);
    default:
      throw refused(
        "header content-type",
        "must be application/json or application/vnd.apache.arrow.stream",
        contentType,
      );
  }
}

function readJsonMessage(record: InboundRecord): InboundEntry {
  const body = bufferOf(record.body);
  if (!isUtf8(body)) throw malformedBody("it is not UTF-8");
  const message = readRecord(parseJson(body, formatLimits), "message");
  const fields = messageFields(message);
  const kind = fields.choice("type", types);
  const workspace = fields.choice("workspace", [defaultWorkspace], defaultWorkspace);
  if (kind === "points") {
    const runs = readJsonRuns(fields.json("runs"));
    fields.refuseOthers();
    return pointsOf(record, workspace, runs);
  }
  const event = readRunEvent(kind, readRunId(fields), fields);
  fields.refuseOthers();
  return { ...record, workspace, content: { kind: "event", event } };
}

/** Points only: events are JSON. */
async function readArrowMessage(record: InboundRecord): Promise<InboundEntry> {
  const { workspace = defaultWorkspace } = record.headers;
  if (workspace !== defaultWorkspace)
    throw refused("header workspace", `must be ${defaultWorkspace}`, workspace);
  const runs: RunPoints[] = [];
  const pieces = (async function* () {
    yield bufferOf(record.body);
  })();
  for await (const batch of readArrowPoints(pieces, inMemory, formatLimits)) runs.push(...batch.runs);
  return pointsOf(record, workspace, runs);
}

function pointsOf(record: InboundRecord, workspace: string, runs: readonly RunPoints[]): InboundEntry {
  const { offset, loggedAt } = record;
  const segments = toSegments(runs, { workspace, offset, loggedAt });
  return { ...record, workspace, content: { kind: "points", segments } };
}

function readRunId(fields: MessageFields): string {
  const runId = fields.text("run_id");
  if (runId.length > 0 && runId.length <= runIdMax && !runId.includes("\0")) return runId;
  throw refused("run_id", `must be 1 to ${runIdMax} characters, none of them NUL`, runId);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
