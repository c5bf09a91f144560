import { DomainError } from "@runweir/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";
import type { PointBatch } from "./point-batch.ts";
import { decodeSegment, encodeSegment } from "./segment.ts";
import { pointsOfSeries } from "./series-block.ts";

type Row = readonly [key: number, step: number, timestamp: number, value: number];

function batchOf(keys: readonly string[], rows: readonly Row[]): PointBatch {
  return {
    keys,
    keyIndexes: Uint32Array.from(rows, (row) => row[0]),
    steps: Float64Array.from(rows, (row) => row[1]),
    timestamps: Float64Array.from(rows, (row) => row[2]),
    values: Float64Array.from(rows, (row) => row[3]),
  };
}

function expectRoundTrip(keys: readonly string[], rows: readonly Row[]): void {
  const segment = decodeSegment(encodeSegment("run-é", batchOf(keys, rows)));
  expect(segment.runId).toBe("run-é");
  const used = keys.filter((_, key) => rows.some((row) => row[0] === key));
  expect(segment.keys).toEqual(used);
  used.forEach((key, series) => {
    const points = pointsOfSeries(segment, series);
    const wanted = rows.filter((row) => keys[row[0]] === key);
    // Adding 0 turns -0 into 0: a step has no sign of zero, a value has.
    expect(Array.from(points.steps)).toEqual(wanted.map((row) => row[1] + 0));
    expect(Array.from(points.timestamps)).toEqual(wanted.map((row) => row[2] + 0));
    expect(Array.from(points.values)).toEqual(wanted.map((row) => row[3]));
  });
}

const most = Number.MAX_SAFE_INTEGER;
const step = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.maxSafeInteger(),
  fc.constantFrom(most, -most, 2 ** 50, -(2 ** 50), 2 ** 50 - 1, 1 - 2 ** 50, 0),
);
const timestamp = fc.oneof(fc.integer({ min: 1.7e12, max: 1.8e12 }), fc.maxSafeNat());
const value = fc.oneof(
  fc.double(),
  fc.float(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, 1.5),
);

describe("a segment", () => {
  it("gives back every point exactly, in order, whatever its numbers", () => {
    const names = ["loss", "acc/é", "\uFEFFbom", "🙂", "x".repeat(250)];
    const row = fc.tuple(fc.nat({ max: names.length - 1 }), step, timestamp, value);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => expectRoundTrip(names, rows)),
      { numRuns: 500 },
    );
  });

  it("stays as it is whatever is encoded after it, and owes nothing to what was before", () => {
    const rowsOf = (count: number, shift: number): Row[] =>
      Array.from({ length: count }, (_, i) => [i % 3, i + shift, (i + shift) * 7, (i + shift) / 3]);
    const keys = ["a", "b", "c"];
    // On both sides of what memory is kept for.
    const batches = [5, 40_000, 3, 70_000, 5].map((count, i) => batchOf(keys, rowsOf(count, i)));
    const encoded = batches.map((batch) => encodeSegment("run", batch));
    expect(() => encodeSegment("run", batchOf(keys, [...rowsOf(4, 0), [0, 1.5, 0, 1]]))).toThrow(
      "whole number",
    );
    const again = batches.toReversed().map((batch) => encodeSegment("run", batch));
    expect(again.toReversed().map((bytes, i) => Buffer.compare(bytes, encoded[i] as Uint8Array))).toEqual(
      encoded.map(() => 0),
    );
    for (const [i, bytes] of encoded.entries()) {
      const { offsets, steps, values } = decodeSegment(bytes);
      const wanted = batches[i] as PointBatch;
      expect(offsets.at(-1)).toBe(wanted.values.length);
      for (let key = 0; key < keys.length; key += 1) {
        const [start, end] = [offsets[key] as number, offsets[key + 1] as number];
        const isOfKey = (_: number, at: number) => wanted.keyIndexes[at] === key;
        expect(steps.subarray(start, end)).toEqual(wanted.steps.filter(isOfKey));
        expect(values.subarray(start, end)).toEqual(wanted.values.filter(isOfKey));
      }
      // Bytes that wait for a log are counted by their length: they must not hold more memory than that.
      expect(bytes.buffer.byteLength).toBe(bytes.length);
    }
  });

  it("keeps numbers that jump between the two ends of the delta range", () => {
    const edge = 2 ** 50 - 1;
    for (const far of [edge, edge + 1, most]) {
      expectRoundTrip(
        ["a", "b"],
        [
          [0, far, 0, 1],
          [0, -far, far, 2],
          [0, far, 0, 3],
          [1, -far, far, 4],
          [1, far, 0, 5],
        ],
      );
    }
  });

  it("costs nothing per point for even steps and 4 bytes for a float32 value", () => {
    const rows = Array.from({ length: 1000 }, (_, i): Row => [0, i, 1.7e12 + i * 1000, Math.fround(i / 7)]);
    expect(encodeSegment("0123456789abcdef0123456789abcdef", batchOf(["loss"], rows)).length).toBeLessThan(
      4_100,
    );
  });

  it("is the same for the same request, so that a digest recognises a retry", () => {
    const rows: Row[] = [
      [0, 1, 2, Number.NaN],
      [1, 3, 4, 5.5],
    ];
    expect(encodeSegment("r", batchOf(["a", "b"], rows))).toEqual(
      encodeSegment("r", batchOf(["a", "b"], rows)),
    );
  });

  it("refuses any altered or shortened copy instead of decoding something else", () => {
    const rows = Array.from(
      { length: 40 },
      (_, i): Row => [i % 3, i, 1.7e12 + i, i % 5 ? i / 3 : Number.NaN],
    );
    const whole = encodeSegment("run", batchOf(["a", "b", "c"], rows));
    for (let at = 0; at < whole.length; at += 1) {
      for (const bits of [1, 0x80, 0xff]) {
        const altered = whole.slice();
        altered[at] = (altered[at] as number) ^ bits;
        expect(() => decodeSegment(altered)).toThrow(DomainError);
      }
      expect(() => decodeSegment(whole.slice(0, at))).toThrow(DomainError);
    }
    expect(() => decodeSegment(Uint8Array.from([...whole, 0]))).toThrow(DomainError);
  });

  it("never fails otherwise than with a DomainError, even when the checksum fits the damage", () => {
    const whole = encodeSegment(
      "run",
      batchOf(
        ["a", "b"],
        [
          [0, 1, 2, 3.25],
          [1, most, 5, 0.1],
        ],
      ),
    );
    const damage = fc.array(fc.tuple(fc.integer({ min: 10, max: whole.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, (changes) => {
        const altered = whole.slice();
        for (const [at, byte] of changes) altered[at] = byte;
        new DataView(altered.buffer).setUint32(6, crc32c(altered, 10), true);
        try {
          decodeSegment(altered);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("names the point or metric that it cannot hold", () => {
    const refusals: [Row, string[], RegExp, string][] = [
      [[0, 1.5, 0, 0], ["a"], /step.*Found 1\.5/, "metrics[0].step"],
      [[0, 2 ** 53, 0, 0], ["a"], /step.*9007199254740992/, "metrics[0].step"],
      [[0, 0, -1, 0], ["a"], /timestamp.*Found -1/, "metrics[0].timestamp"],
      [[1, 0, 0, 0], ["a"], /names no metric/, "metrics[0].key"],
      [[0, 0, 0, 0], [""], /empty/, "metrics.key"],
      [[0, 0, 0, 0], ["a\0b"], /NUL/, "metrics.key"],
      [[0, 0, 0, 0], ["\ud800"], /well-formed/, "metrics.key"],
    ];
    for (const [row, keys, message, field] of refusals) {
      try {
        encodeSegment("r", batchOf(keys, [row]));
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ code: "invalid_argument", field });
        expect((error as Error).message).toMatch(message);
      }
    }
    expect(() => encodeSegment("r", batchOf(["a"], []))).toThrow(/1 to 1048576 points. Found 0/);
  });
});
