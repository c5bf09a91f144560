import { crc32c as checksum } from "@node-rs/crc32";

/** CRC-32C (Castagnoli) of `bytes[start, end)` as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return checksum(bytes.subarray(start, end));
}
