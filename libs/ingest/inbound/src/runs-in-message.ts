import { defaultWorkspace } from "@runweir/identity-domain";
import type { RunPointCount } from "@runweir/ingest-domain";
import {
  formatLimits,
  type JsonRecord,
  parseJson,
  type ReadLease,
  readArrowPoints,
  readRecord,
} from "@runweir/ingest-formats";
import type { InboundEntry, InboundRecord } from "./inbound-entry.ts";

const runsMax = 1_000;
const runIdMax = 256;
const noLease: ReadLease = { take() {}, give() {}, whenRelaxed: async () => {} };

/** Which runs a message that is in order has points for; an event has none for its run. */
export function runsInEntry({ content }: InboundEntry): readonly RunPointCount[] {
  return content.kind === "event" ? [{ runId: content.event.runId, points: 0 }] : content.segments;
}

/**
 * Which runs a malformed message seems to be about, so that their pages can say that something was rejected. All of it is a
 * guess at what the producer meant: whatever is not as expected is passed over.
 */
export async function runsInMalformed({ headers, body }: InboundRecord): Promise<readonly RunPointCount[]> {
  const runs: RunPointCount[] = [];
  try {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if ((headers["content-type"] ?? "").includes("arrow")) await collectArrow(bytes, runs);
    else collectJson(readRecord(parseJson(bytes, formatLimits), "message"), runs);
  } catch {
    // What was found up to here is all there is to find.
  }
  return runs.filter(({ runId }) => isRunId(runId)).slice(0, runsMax);
}

async function collectArrow(body: Buffer, into: RunPointCount[]): Promise<void> {
  const pieces = (async function* () {
    yield body;
  })();
  for await (const batch of readArrowPoints(pieces, noLease, formatLimits))
    for (const { runId, points } of batch.runs) into.push({ runId, points: points.values.length });
}

function collectJson(message: JsonRecord, into: RunPointCount[]): void {
  if ((message.workspace ?? defaultWorkspace) !== defaultWorkspace) return;
  if (typeof message.run_id === "string") into.push({ runId: message.run_id, points: 0 });
  if (!Array.isArray(message.runs)) return;
  for (const json of message.runs as readonly unknown[]) {
    const run = readRecord(json, "run");
    if (typeof run.run_id === "string") into.push({ runId: run.run_id, points: pointsIn(run) });
  }
}

function pointsIn({ value, series }: JsonRecord): number | undefined {
  if (series === undefined) return Array.isArray(value) ? value.length : undefined;
  const counts = Object.values(readRecord(series, "series")).map((one) =>
    pointsIn({ value: readRecord(one, "series").value }),
  );
  return counts.reduce(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
}

function isRunId(text: string): boolean {
  return text.length > 0 && text.length <= runIdMax && !text.includes("\0") && text.isWellFormed();
}
