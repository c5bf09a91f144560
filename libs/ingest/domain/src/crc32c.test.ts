import { expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";

/** As the definition has it, bit by bit. */
function bitwise(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

it("agrees with the definition, whatever the length and the place", () => {
  const bytes = Uint8Array.from({ length: 120 }, (_, i) => (i * 167 + 13) % 256);
  for (let start = 0; start < 20; start += 1)
    for (let end = start; end <= bytes.length; end += 1)
      expect(crc32c(bytes, start, end)).toBe(bitwise(bytes.subarray(start, end)));
});

it("gives the check value of the catalogues", () => {
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});
