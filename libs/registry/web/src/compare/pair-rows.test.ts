import { expect, test } from "vitest";
import { pairRows } from "./pair-rows.ts";

const entry = (key: string, value: string) => ({ key, value });

test("names of either side are compared, in their order", () => {
  const rows = pairRows(
    [entry("depth", "3"), entry("lr", "0.1"), entry("x10", "a")],
    [entry("lr", "0.2"), entry("x9", "b"), entry("depth", "3")],
    ({ value }) => value,
  );
  expect(rows).toEqual([
    { key: "depth", a: "3", b: "3", differs: false },
    { key: "lr", a: "0.1", b: "0.2", differs: true },
    { key: "x9", a: undefined, b: "b", differs: true },
    { key: "x10", a: "a", b: undefined, differs: true },
  ]);
});
