/** Castagnoli polynomial, bit-reversed. Sixteen tables: as many bytes per step ("slicing by sixteen"). */
const polynomial = 0x82f63b78;
const tables = buildTables();

function buildTables(): Int32Array {
  const built = new Int32Array(16 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    }
    built[byte] = remainder;
  }
  for (let slice = 1; slice < 16; slice += 1) {
    for (let byte = 0; byte < 256; byte += 1) {
      const before = built[(slice - 1) * 256 + byte] as number;
      built[slice * 256 + byte] = (before >>> 8) ^ (built[before & 0xff] as number);
    }
  }
  return built;
}

/** CRC-32C of `bytes[start, end)` as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const t = tables;
  let crc = -1;
  let at = start;
  for (; at + 16 <= end; at += 16) {
    crc ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    crc =
      (t[3840 + (crc & 0xff)] as number) ^
      (t[3584 + ((crc >>> 8) & 0xff)] as number) ^
      (t[3328 + ((crc >>> 16) & 0xff)] as number) ^
      (t[3072 + (crc >>> 24)] as number) ^
      (t[2816 + (bytes[at + 4] as number)] as number) ^
      (t[2560 + (bytes[at + 5] as number)] as number) ^
      (t[2304 + (bytes[at + 6] as number)] as number) ^
      (t[2048 + (bytes[at + 7] as number)] as number) ^
      (t[1792 + (bytes[at + 8] as number)] as number) ^
      (t[1536 + (bytes[at + 9] as number)] as number) ^
      (t[1280 + (bytes[at + 10] as number)] as number) ^
      (t[1024 + (bytes[at + 11] as number)] as number) ^
      (t[768 + (bytes[at + 12] as number)] as number) ^
      (t[512 + (bytes[at + 13] as number)] as number) ^
      (t[256 + (bytes[at + 14] as number)] as number) ^
      (t[bytes[at + 15] as number] as number);
  }
  for (; at < end; at += 1) crc = (crc >>> 8) ^ (t[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
