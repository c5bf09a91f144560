import { expect, test } from "vitest";
import { createNameMemory } from "./name-memory.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("the same bytes give the very same names, others none", () => {
  const memory = createNameMemory();
  const names = ["loss", "auc"];
  memory.remember(bytesOf("loss auc"), names);
  expect(memory.recall(bytesOf("loss auc"))).toBe(names);
  expect(memory.recall(bytesOf("loss aux"))).toBeUndefined();
  expect(memory.recall(bytesOf("loss"))).toBeUndefined();
});

test("what it was given may change afterwards", () => {
  const memory = createNameMemory();
  const bytes = bytesOf("loss");
  memory.remember(bytes, ["loss"]);
  bytes.fill(0);
  expect(memory.recall(bytesOf("loss"))).toEqual(["loss"]);
});

test("lists that it takes for alike at first sight are still told apart", () => {
  const memory = createNameMemory();
  // Only some bytes of long lists go into the place where they are kept; these two differ in one of the others.
  const first = new Uint8Array(1_000).fill(97);
  const second = first.slice();
  second[1] = 98;
  memory.remember(first, ["first"]);
  expect(memory.recall(second)).toBeUndefined();
  memory.remember(second, ["second"]);
  expect(memory.recall(second)).toEqual(["second"]);
  expect(memory.recall(first)?.[0] ?? "first").toBe("first");
});

test("it starts anew rather than grow without bounds", () => {
  const memory = createNameMemory();
  for (let i = 0; i < 1_000; i += 1) memory.remember(bytesOf(`list ${i}`), [`list ${i}`]);
  const kept = Array.from({ length: 1_000 }, (_, i) => memory.recall(bytesOf(`list ${i}`))).filter(Boolean);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThanOrEqual(256);
});
