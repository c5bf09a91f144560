import { expect, it } from "vitest";
import { ColumnMemory } from "./column-memory.ts";
import { SpareMemory } from "./spare-memory.ts";

it("gives memory out again once it is released, of a fitting size, and to one at a time", () => {
  const spare = new SpareMemory();
  const memory = new ColumnMemory(spare);
  const first = memory.floats(10_000);
  const second = memory.floats(10_000);
  expect(second.buffer).not.toBe(first.buffer);
  memory.release();
  const later = new ColumnMemory(spare);
  const again = [later.floats(9_990), later.bytes(80_000), later.floats(10_000)];
  const buffers = again.map((column) => column.buffer);
  expect(new Set(buffers).size).toBe(3);
  expect(again.map((column) => column.length)).toEqual([9_990, 80_000, 10_000]);
  expect(buffers.filter((buffer) => buffer === first.buffer || buffer === second.buffer)).toHaveLength(2);
  // Released once, even if it is asked for twice.
  memory.release();
  const other = new ColumnMemory(spare).floats(10_000);
  expect(buffers.some((buffer) => buffer === other.buffer)).toBe(false);
});

it("keeps no more than 64 MiB, and that of the sizes used last", () => {
  const spare = new SpareMemory();
  const sizes = [3_000_000, 2_000_000, 1_000_000];
  const buffers = sizes.map((length) => {
    const memory = new ColumnMemory(spare);
    const columns = Array.from({ length: 2 }, () => memory.floats(length).buffer);
    memory.release();
    return new Set<ArrayBuffer>(columns);
  });
  const isKept = (place: number): boolean =>
    buffers[place]?.has(new ColumnMemory(spare).floats(sizes[place] as number).buffer) ?? false;
  expect([isKept(2), isKept(1)]).toEqual([true, true]);
  expect([isKept(0), isKept(0)]).toEqual([true, false]);
});
