import { expect, test } from "vitest";
import { matchesPattern } from "./name-pattern.ts";

test.each([
  ["mnist", "mnist", true],
  ["mnist", "mnist2", false],
  ["*", "", true],
  ["*", "anything/at all", true],
  ["team-a/*", "team-a/x", true],
  ["team-a/*", "team-a", false],
  ["*-prod", "a-prod", true],
  ["*-prod", "a-prod-2", false],
  ["a*b*c", "a--b--c", true],
  ["a*b*c", "acb", false],
  ["ab*ba", "aba", false],
  ["a*a", "a", false],
  ["a**b", "ab", true],
  ["Team*", "team", false],
  ["a.c", "abc", false],
  ["f_%", "f_%", true],
  ["f_%", "fxyz", false],
])("pattern %j over %j: %s", (pattern, name, expected) => {
  expect(matchesPattern(pattern, name)).toBe(expected);
});
