import { expect, test } from "vitest";
import { runColor, runColorCount, runColorSlot, runColorSlots } from "./run-color.ts";

const ids = Array.from({ length: 2_000 }, (_, index) => index.toString(16).padStart(32, "0"));

test("a run's colour never changes between releases", () => {
  expect(runColorSlot("0af7651916cd43dd8448eb211c80319c")).toBe(3);
  expect(runColor("0af7651916cd43dd8448eb211c80319c")).toBe("var(--run-3)");
});

test("a chosen colour wins, and one that does not exist is ignored", () => {
  expect(runColorSlot("a", 7)).toBe(7);
  for (const bad of [0, 11, 2.5, Number.NaN]) expect(runColorSlot("a", bad)).toBe(runColorSlot("a"));
});

test("ids that differ in one digit are spread over the whole palette", () => {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(runColorSlot(id), (counts.get(runColorSlot(id)) ?? 0) + 1);
  expect(counts.size).toBe(runColorCount);
  for (const count of counts.values()) expect(count).toBeGreaterThan(ids.length / runColorCount / 2);
});

test("up to ten runs drawn together have ten colours, and each keeps its own where it can", () => {
  const drawn = ids.slice(0, 10);
  const slots = runColorSlots(drawn);
  expect(new Set(slots.values()).size).toBe(10);
  const own = new Set(drawn.map((id) => runColorSlot(id)));
  const kept = drawn.filter((id) => slots.get(id) === runColorSlot(id));
  expect(kept.length).toBe(own.size);
});

test("more runs than colours still have one each, and a run named twice has one", () => {
  const slots = runColorSlots([...ids.slice(0, 25), ids[0] ?? ""]);
  expect(slots.size).toBe(25);
  for (const slot of slots.values()) expect(slot).toBeGreaterThanOrEqual(1);
});
