import { DomainError } from "@runweir/errors";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeChunk, encodeChunk } from "./chunk.ts";

const series = fc.record({
  gap: fc.integer({ min: 1, max: 1_000_000 }),
  points: fc.array(fc.tuple(fc.maxSafeInteger(), fc.maxSafeNat(), fc.double()), {
    minLength: 1,
    maxLength: 20,
  }),
});

it("a chunk gives back its series and points exactly", () => {
  fc.assert(
    fc.property(fc.array(series, { minLength: 1, maxLength: 10 }), (all) => {
      let keyId = 0;
      const keyIds = Uint32Array.from(all, (one) => {
        keyId += one.gap;
        return keyId;
      });
      const offsets = new Uint32Array(all.length + 1);
      all.forEach((one, i) => {
        offsets[i + 1] = (offsets[i] as number) + one.points.length;
      });
      const points = all.flatMap((one) => one.points);
      const chunk = {
        keyIds,
        offsets,
        steps: Float64Array.from(points, (point) => point[0]),
        timestamps: Float64Array.from(points, (point) => point[1]),
        values: Float64Array.from(points, (point) => point[2]),
      };
      expect(decodeChunk(encodeChunk(chunk))).toEqual(chunk);
    }),
    { numRuns: 300 },
  );
});

it("a chunk refuses damage and is not taken for a segment", () => {
  const bytes = encodeChunk({
    keyIds: Uint32Array.of(3, 9),
    offsets: Uint32Array.of(0, 1, 3),
    steps: Float64Array.of(1, 2, 3),
    timestamps: Float64Array.of(4, 5, 6),
    values: Float64Array.of(0.5, Number.NaN, 0.1),
  });
  for (let at = 0; at < bytes.length; at += 1) {
    const altered = bytes.slice();
    altered[at] = (altered[at] as number) ^ 0x10;
    expect(() => decodeChunk(altered)).toThrow(DomainError);
  }
});
