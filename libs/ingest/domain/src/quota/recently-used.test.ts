import { expect, it } from "vitest";
import { RecentlyUsed } from "./recently-used.ts";

it("forgets what was used longest ago, by weight", () => {
  const entries = new RecentlyUsed<{ bytes: number }>({ weightMax: 10, weightOf: ({ bytes }) => bytes });
  const a = entries.use("a", () => ({ bytes: 4 }));
  entries.use("b", () => ({ bytes: 4 }));
  expect(entries.use("a", () => ({ bytes: 0 }))).toBe(a);
  const c = entries.use("c", () => ({ bytes: 2 }));
  c.bytes = 6;
  entries.reweigh("c");
  expect(entries.use("a", () => ({ bytes: 0 }))).toBe(a);
  expect(entries.use("b", () => ({ bytes: 1 }))).toEqual({ bytes: 1 });
});
