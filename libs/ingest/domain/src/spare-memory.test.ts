import { expect, it } from "vitest";
import { SpareMemory } from "./spare-memory.ts";

it("gives everything back when nothing was released between two times", () => {
  const spare = new SpareMemory();
  const buffer = new ArrayBuffer(4_000_000);
  spare.keep(buffer);
  spare.giveBackIfIdle();
  expect(spare.take(buffer.byteLength)).toBe(buffer);
  spare.keep(buffer);
  spare.giveBackIfIdle();
  spare.giveBackIfIdle();
  expect(spare.take(buffer.byteLength)).toBeUndefined();
  spare.keep(buffer);
  expect(spare.take(buffer.byteLength)).toBe(buffer);
});
