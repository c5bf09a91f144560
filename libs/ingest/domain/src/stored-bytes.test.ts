import { expect, test } from "vitest";
import { decodeChunk, encodeChunk } from "./chunk.ts";
import { decodeSegment, encodeSegment } from "./segment.ts";

/**
 * Bytes as format version 1 wrote them, in logs and databases that exist. Every later version must read them; a change
 * of what is written needs a new version number and a new text beside these.
 */
const segmentV1 =
  "UldTRwEAE4mucyAwYWY3NjUxOTE2Y2Q0M2RkODQ0OGViMjExYzgwMzE5YwUCBGxvc3MKR3LDtsOfZS/PgAMCAQABAgACDAGAsIPFmGhkAgAB2AQCAQAAAD8AAMB/AACA/1VVVVVVVdU/nHUAiDzkN34=";
const chunkV1 =
  "UldDSAEAYSsI4QQCA+2iBAMBAAAAAAAAABTAAAAAAAAAAAD///////8/QwAAAAAAAPA/AQICAAEGAgEAAIA+AAAAvwAAgH+amZmZmZm5Pw==";

test("a segment of version 1 is read as it was written", () => {
  const segment = decodeSegment(Buffer.from(segmentV1, "base64"));
  expect(segment.runId).toBe("0af7651916cd43dd8448eb211c80319c");
  expect(segment.keys).toEqual(["loss", "Größe/π"]);
  expect([...segment.offsets]).toEqual([0, 3, 5]);
  expect([...segment.steps]).toEqual([0, 1, 2, 0, 7]);
  expect([...segment.timestamps].map((at) => at - 1_790_000_000_000)).toEqual([0, 50, 101, 0, 350]);
  expect([...segment.values]).toEqual([0.5, Number.NaN, -Infinity, 1 / 3, 1e300]);
});

test("a chunk of version 1 is read as it was written", () => {
  const chunk = decodeChunk(Buffer.from(chunkV1, "base64"));
  expect([...chunk.keyIds]).toEqual([3, 70_000]);
  expect([...chunk.offsets]).toEqual([0, 3, 4]);
  expect([...chunk.steps]).toEqual([-5, 0, Number.MAX_SAFE_INTEGER, 1]);
  expect([...chunk.timestamps]).toEqual([1, 2, 3, 4]);
  expect([...chunk.values]).toEqual([0.25, -0.5, Infinity, 0.1]);
});

test("version 1 is what is written", () => {
  const segment = decodeSegment(Buffer.from(segmentV1, "base64"));
  const points = {
    keys: segment.keys,
    keyIndexes: Uint32Array.from([0, 0, 0, 1, 1]),
    steps: segment.steps,
    timestamps: segment.timestamps,
    values: segment.values,
  };
  expect(Buffer.from(encodeSegment(segment.runId, points)).toString("base64")).toBe(segmentV1);
  expect(Buffer.from(encodeChunk(decodeChunk(Buffer.from(chunkV1, "base64")))).toString("base64")).toBe(
    chunkV1,
  );
});
