import { readFileSync } from "node:fs";
import { DomainError } from "@runweir/errors";
import fc from "fast-check";
import { expect, it } from "vitest";
import { arrowBytes, readArrow, rowsOf } from "../../testing/index.ts";

const golden = (name: string) =>
  readFileSync(new URL(`../../testing/golden-v1/arrow-${name}.arrows`, import.meta.url));
const streams = [
  ...["dictionary", "deltas", "small", "plain", "seconds"].map(golden),
  arrowBytes([[["r", "k", 1, 2, 3]], [["r", "l", 4, 5, 6]]]),
  arrowBytes([[["r", "k", 1, 2, 3]], [["q", "k", 4, 5, 6]]], { plain: true }),
];

type Mutation = { readonly at: number; readonly apply: (bytes: Buffer, at: number) => Buffer };

const numbers = fc.constantFrom(0, 1, -1, 2, 7, 8, 255, 65_535, 0x7fffffff, -0x80000000, 0x10000, 0x01000000);
// Evenly spread: shrinking aside, the beginning of a stream is no likelier to be altered than its end.
const place = fc.noBias(fc.nat({ max: 40_000 }));
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  place.chain((at) => fc.nat({ max: 255 }).map((byte) => ({ at, apply: writeByte(byte) }))),
  place.chain((at) => fc.nat({ max: 7 }).map((bit) => ({ at, apply: flipBit(bit) }))),
  place.chain((at) => numbers.map((number) => ({ at: at - (at % 4), apply: writeInt32(number) }))),
  place.chain((at) => numbers.map((number) => ({ at: at - (at % 8), apply: writeInt64(number) }))),
  place.map((at) => ({ at, apply: (bytes: Buffer, i: number) => bytes.subarray(0, i) })),
  place.map((at) => ({
    at,
    apply: (bytes: Buffer, i: number) => Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 8)]),
  })),
  place.map((at) => ({
    at,
    apply: (bytes: Buffer, i: number) => Buffer.concat([bytes.subarray(0, i), bytes.subarray(i >> 1)]),
  })),
);

function writeByte(byte: number) {
  return (bytes: Buffer, at: number) => {
    bytes[at] = byte;
    return bytes;
  };
}

function flipBit(bit: number) {
  return (bytes: Buffer, at: number) => {
    bytes[at] = (bytes[at] as number) ^ (1 << bit);
    return bytes;
  };
}

function writeInt32(number: number) {
  return (bytes: Buffer, at: number) => {
    if (at + 4 <= bytes.length) bytes.writeInt32LE(number, at);
    return bytes;
  };
}

function writeInt64(number: number) {
  return (bytes: Buffer, at: number) => {
    if (at + 8 <= bytes.length) bytes.writeBigInt64LE(BigInt(number), at);
    return bytes;
  };
}

it("whatever bytes are altered, a stream is read within its bounds or refused", async () => {
  let read = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...streams),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      async (stream, mutations) => {
        let bytes: Buffer = Buffer.from(stream);
        for (const { at, apply } of mutations) if (bytes.length > 0) bytes = apply(bytes, at % bytes.length);
        try {
          const { batches, heldBytes } = await readArrow(bytes);
          // No batch has more rows than its bytes can hold, and all bytes were accounted for.
          expect(batches.flatMap(rowsOf).length).toBeLessThanOrEqual(bytes.length);
          expect(heldBytes).toBeLessThanOrEqual(bytes.length);
          read += 1;
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect(["invalid_argument", "payload_too_large"]).toContain(error.code);
          refused += 1;
        }
      },
    ),
    { numRuns: 20_000 },
  );
  // Both ends are met: mutations are neither all harmless nor all fatal.
  expect(read).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(500);
});
