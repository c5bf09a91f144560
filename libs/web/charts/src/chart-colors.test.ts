import { expect, test } from "vitest";
import { resolveColor } from "./chart-colors.ts";

const read = (name: string) => (name === "--run-3" ? "#25885a" : "");

test("a canvas gets what a variable stands for, and any other colour as it is", () => {
  expect(resolveColor("var(--run-3)", read)).toBe("#25885a");
  expect(resolveColor("rgb(1 2 3)", read)).toBe("rgb(1 2 3)");
});

test("a variable that stands for nothing is grey rather than black", () => {
  expect(resolveColor("var(--gone)", read)).toBe("#888888");
});
