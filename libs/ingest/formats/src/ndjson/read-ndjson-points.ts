import type { RunPoints } from "@runweir/ingest-domain";
import type { FormatLimits } from "../format-limits.ts";
import { readNamedNumber } from "../json/json-columns.ts";
import { type JsonRecord, readRecord, readText, requireKnownFields } from "../json/json-record.ts";
import { malformedBody, refused } from "../refusals.ts";
import { linesOf } from "./lines-of.ts";
import { PointWindow } from "./point-window.ts";

const fields = ["run_id", "key", "value", "step", "timestamp"];

export interface NdjsonWindow {
  readonly runs: readonly RunPoints[];
  /** Bytes of text that were read for it. */
  readonly bytes: number;
}

/** One point per line (format version 1, see the README), in windows of bounded size. Empty lines are passed over. */
export async function* readNdjsonPoints(
  pieces: AsyncIterable<Buffer>,
  limits: FormatLimits,
): AsyncGenerator<NdjsonWindow, void, undefined> {
  const open = () => new PointWindow(limits.ndjsonWindowPoints, limits.ndjsonWindowRuns);
  let window = open();
  let line = 0;
  let bytes = 0;
  for await (const read of linesOf(pieces, limits.ndjsonLineBytes)) {
    bytes += read.bytes;
    for (const text of read.lines) {
      line += 1;
      if (text.length > limits.ndjsonLineBytes)
        throw malformedBody(`line ${line} is longer than ${limits.ndjsonLineBytes} bytes`);
      if (!addLine(window, text, line)) continue;
      if (!window.isFull) continue;
      yield { runs: window.toRuns(), bytes };
      window = open();
      bytes = 0;
    }
  }
  if (window.size > 0) yield { runs: window.toRuns(), bytes };
}

/** Whether the line held a point. */
function addLine(window: PointWindow, text: string, line: number): boolean {
  const record = parse(text, line);
  if (record === undefined) return false;
  const { run_id: runId, key, value, step, timestamp } = record;
  if (typeof step !== "number") throw refused(`line ${line}: step`, "must be a number", step);
  if (typeof timestamp !== "number") throw refused(`line ${line}: timestamp`, "must be a number", timestamp);
  window.add(
    line,
    typeof runId === "string" ? runId : readText(runId, `line ${line}: run_id`),
    typeof key === "string" ? key : readText(key, `line ${line}: key`),
    step,
    timestamp,
    typeof value === "number" ? value : readNamedNumber(value, `line ${line}: value`),
  );
  return true;
}

function parse(text: string, line: number): JsonRecord | undefined {
  // Looked at first: a parser's error for each of millions of empty lines would take seconds.
  if (isBlank(text)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw malformedBody(`line ${line} is not JSON (${(error as Error).message})`, error);
  }
  const record = readRecord(json, `line ${line}`);
  requireKnownFields(record, fields, `line ${line}`);
  return record;
}

function isBlank(text: string): boolean {
  return text.length === 0 || (text.charCodeAt(0) <= 0x20 && text.trim() === "");
}
