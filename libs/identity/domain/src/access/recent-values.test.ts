import { expect, test } from "vitest";
import { RecentValues } from "./recent-values.ts";

test("what is used stays, however much else comes; what is not used is forgotten", () => {
  const values = new RecentValues<number>(10);
  values.set("used", 1);
  values.set("left", 2);
  for (let i = 0; i < 100; i++) {
    values.set(`other ${i}`, i);
    expect(values.get("used")).toBe(1);
  }
  expect(values.get("left")).toBeUndefined();
});

test("at least half of the most are kept, and never more than the most", () => {
  const values = new RecentValues<number>(10);
  const names = Array.from({ length: 100 }, (_, i) => `value ${i}`);
  for (const [i, name] of names.entries()) {
    values.set(name, i);
    const lately = names.slice(Math.max(0, i - 4), i + 1);
    const kept = new Set(names.filter((each) => values.has(each)));
    expect(lately.filter((each) => !kept.has(each))).toEqual([]);
    expect(kept.size).toBeLessThanOrEqual(10);
  }
});

test("a value is replaced and deleted in whichever generation it stands", () => {
  const values = new RecentValues<number>(4);
  for (const name of ["a", "b", "c"]) values.set(name, 1);
  values.set("a", 2);
  expect(values.get("a")).toBe(2);
  values.delete("b");
  values.delete("c");
  expect([values.get("b"), values.get("c")]).toEqual([undefined, undefined]);
});
