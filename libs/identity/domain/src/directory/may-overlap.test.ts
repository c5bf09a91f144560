import { expect, test } from "vitest";
import { matchesPattern } from "../access/name-pattern.ts";
import { mayOverlap } from "./may-overlap.ts";

const names = ["a", "ab", "ba", "aba", "abab", "b", "bb"];
const patterns = ["*", "a", "a*", "*a", "a*b", "*a*", "ab*", "b*", "*b", "a*a", "ab"];
const named = () => "aba";

test("two patterns that both match a name overlap, whatever they are", () => {
  for (const one of patterns)
    for (const other of patterns)
      if (names.some((name) => matchesPattern(one, name) && matchesPattern(other, name)))
        expect(
          mayOverlap({ on: "model", pattern: one }, { on: "model", pattern: other }, named),
          `${one} and ${other}`,
        ).toBe(true);
});

test("those that begin or end otherwise do not", () => {
  expect(mayOverlap({ on: "model", pattern: "a*" }, { on: "model", pattern: "b*" }, named)).toBe(false);
  expect(mayOverlap({ on: "model", pattern: "*a" }, { on: "model", pattern: "a*b" }, named)).toBe(false);
  expect(mayOverlap({ on: "model", pattern: "a*" }, { on: "experiment", pattern: "a*" }, named)).toBe(false);
});

test("an experiment overlaps with patterns of its name, and with all while the name is not known", () => {
  const one = { on: "experiment", experimentId: "1" } as const;
  expect(mayOverlap(one, { on: "experiment", pattern: "ab*" }, named)).toBe(true);
  expect(mayOverlap({ on: "experiment", pattern: "b*" }, one, named)).toBe(false);
  expect(mayOverlap({ on: "experiment", pattern: "b*" }, one, () => undefined)).toBe(true);
  expect(mayOverlap({ on: "model", pattern: "*" }, one, named)).toBe(false);
  expect(mayOverlap(one, { on: "experiment", experimentId: "2" }, named)).toBe(false);
});

test("an alias is its model's beside a model", () => {
  const alias = { on: "alias", pattern: "fraud@champion" } as const;
  expect(mayOverlap({ on: "model", pattern: "fraud" }, alias, named)).toBe(true);
  expect(mayOverlap(alias, { on: "model", pattern: "fra*" }, named)).toBe(true);
  expect(mayOverlap(alias, { on: "model", pattern: "fraud2" }, named)).toBe(false);
});
