import { expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";
import { shardCount, shardOf } from "./shard-of.ts";

it("shards never move: these golden values are in stored data", () => {
  expect(["", "a", "0123456789abcdef0123456789abcdef", "run-é"].map(shardOf)).toEqual([9, 3, 4, 8]);
});

it("shards are evenly used", () => {
  const counts = new Array<number>(shardCount).fill(0);
  for (let i = 0; i < 16_000; i += 1) {
    const shard = shardOf((i * 2654435761).toString(16).padStart(32, "0"));
    counts[shard] = (counts[shard] as number) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1_200);
});

it("the checksum is CRC-32C (RFC 3720, appendix B.4)", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
});
