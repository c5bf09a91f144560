import { DomainError } from "@runweir/errors";
import type { RunPoints } from "@runweir/ingest-domain";
import { type ArrowBatch, readArrowPoints } from "../src/arrow/read-arrow-points.ts";
import { type FormatLimits, formatLimits as usualLimits } from "../src/format-limits.ts";
import { readNdjsonPoints } from "../src/ndjson/read-ndjson-points.ts";
import type { ReadLease } from "../src/read-lease.ts";

/** A point as the tests write it down; values as text, so that NaN equals itself in JSON. */
export type PointRow = readonly [runId: string, key: string, step: number, timestamp: number, value: string];

export function rowsOf(runs: readonly RunPoints[]): PointRow[] {
  return runs.flatMap(({ runId, points }) =>
    Array.from(
      points.keyIndexes,
      (key, i): PointRow => [
        runId,
        points.keys[key] as string,
        points.steps[i] as number,
        points.timestamps[i] as number,
        String(points.values[i]),
      ],
    ),
  );
}

/** In pieces of a given size, as a network might deliver it. */
async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The batches of a stream, for those who release them. */
export function openArrow(bytes: Buffer): AsyncGenerator<ArrowBatch, void, undefined> {
  const lease: ReadLease = { take() {}, give() {}, whenRelaxed: async () => {} };
  return readArrowPoints(piecesOf(bytes, 64 * 1024), lease, usualLimits);
}

export async function readArrow(
  bytes: Buffer,
  {
    limits = {},
    pieceBytes = 64 * 1024,
    openBytes = Number.POSITIVE_INFINITY,
  }: {
    readonly limits?: Partial<FormatLimits>;
    readonly pieceBytes?: number;
    readonly openBytes?: number;
  } = {},
): Promise<{ readonly batches: (readonly RunPoints[])[]; readonly heldBytes: number }> {
  const bounds = { ...usualLimits, ...limits };
  let heldBytes = 0;
  const lease: ReadLease = {
    take(bytes) {
      heldBytes += bytes;
      if (heldBytes > openBytes) throw new DomainError("resource_exhausted", "There is no room.");
    },
    give(bytes) {
      heldBytes -= bytes;
    },
    whenRelaxed: async () => {},
  };
  const batches: (readonly RunPoints[])[] = [];
  for await (const batch of readArrowPoints(piecesOf(bytes, pieceBytes), lease, bounds)) {
    batches.push(batch.runs);
    lease.give(batch.bytes);
  }
  return { batches, heldBytes };
}

export async function readNdjson(
  text: string | Buffer,
  {
    limits = {},
    pieceBytes = 64 * 1024,
  }: { readonly limits?: Partial<FormatLimits>; readonly pieceBytes?: number } = {},
): Promise<(readonly RunPoints[])[]> {
  const windows: (readonly RunPoints[])[] = [];
  const pieces = piecesOf(Buffer.from(text), pieceBytes);
  for await (const window of readNdjsonPoints(pieces, { ...usualLimits, ...limits }))
    windows.push(window.runs);
  return windows;
}
