import { DomainError } from "@runweir/errors";
import { type ByteReader, malformed } from "./byte-reader.ts";
import { type ByteWriter, keptWriter } from "./byte-writer.ts";
import type { Floats } from "./column-memory.ts";
import { finishFrame, openFrame, startFrame } from "./framing.ts";
import { groupByKey } from "./group-by-key.ts";
import type { NameMemory } from "./name-memory.ts";
import type { PointBatch } from "./point-batch.ts";
import { blockPointsMax, readBlock, type SeriesBlock, writeBlock } from "./series-block.ts";

const magic = "RWSG";
const encoder = new TextEncoder();
// Without ignoreBOM a name that begins with U+FEFF would lose it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What one request said about one run: its points grouped by metric, in the order they came. */
export interface Segment extends SeriesBlock {
  readonly runId: string;
  readonly keys: readonly string[];
}

/**
 * Encodes the points of one request for one run. Equal requests give equal bytes, so a digest of the segment recognises
 * a retry. Refuses with `invalid_argument` what a segment cannot hold (see `groupByKey`); an empty batch is refused too.
 */
export function encodeSegment(runId: string, batch: PointBatch): Uint8Array {
  const count = batch.values.length;
  if (count === 0 || count > blockPointsMax) {
    throw new DomainError(
      "invalid_argument",
      `A segment holds 1 to ${blockPointsMax} points. Found ${count}.`,
      { field: "metrics" },
    );
  }
  const segment = groupByKey(batch);
  const out = keptWriter();
  startFrame(out, magic);
  writeText(out, runId);
  out.varint(count);
  out.varint(segment.keys.length);
  for (const key of segment.keys) writeText(out, key);
  writeBlock(out, segment);
  return finishFrame(out);
}

/**
 * Decodes a segment, or throws `invalid_argument` (reason `malformed_points`) for anything `encodeSegment` never wrote.
 * With a memory, segments of the same names share one array of them, which is most of the work where each name has few
 * points.
 */
export function decodeSegment(bytes: Uint8Array, memory?: NameMemory, floats?: Floats): Segment {
  const source = openFrame(bytes, magic);
  const runId = readText(source);
  const count = source.count(blockPointsMax, 4);
  const keyCount = source.count(count, 1);
  const keys = readNames(source, keyCount, memory);
  const block = readBlock(source, keyCount, count, floats);
  source.assertEnd();
  return { runId, keys, ...block };
}

/** Whose points a segment holds and how many, without decoding them. Checks the frame and its checksum. */
export function peekSegment(bytes: Uint8Array): { readonly runId: string; readonly points: number } {
  const source = openFrame(bytes, magic);
  const runId = readText(source);
  const points = source.count(blockPointsMax, 4);
  if (points === 0) throw malformed("it holds no points");
  return { runId, points };
}

/** The metric names of a segment, without decoding its points. Checks the frame and its checksum. */
export function peekNames(bytes: Uint8Array, memory?: NameMemory): readonly string[] {
  const source = openFrame(bytes, magic);
  readText(source);
  const points = source.count(blockPointsMax, 4);
  return readNames(source, source.count(points, 1), memory);
}

function writeText(out: ByteWriter, text: string): void {
  const most = text.length * 3;
  out.reserve(most + 8);
  // Names are short and almost always ASCII, where bytes and characters agree and no second buffer is needed.
  const start = out.length;
  out.varint(text.length);
  let at = out.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) {
      out.length = start;
      const encoded = encoder.encode(text);
      out.varint(encoded.length);
      out.raw(encoded);
      return;
    }
    out.bytes[at++] = code;
  }
  out.length = at;
}

function readNames(source: ByteReader, count: number, memory: NameMemory | undefined): readonly string[] {
  const start = source.at;
  if (memory) {
    for (let i = 0; i < count; i += 1) source.raw(source.varint());
    const known = memory.recall(source.bytes.subarray(start, source.at));
    if (known) return known;
    source.at = start;
  }
  const names: string[] = [];
  for (let i = 0; i < count; i += 1) names.push(readText(source));
  memory?.remember(source.bytes.subarray(start, source.at), names);
  return names;
}

function readText(source: ByteReader): string {
  const bytes = source.raw(source.varint());
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed("a name is not UTF-8");
  }
}
