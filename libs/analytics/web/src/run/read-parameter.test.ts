import { expect, test } from "vitest";
import { readParameter } from "./read-parameter.ts";

test.each([
  ["fraud", "fraud"],
  [" with spaces ", " with spaces "],
  ["12", 12],
  ["-1.5e3", -1500],
  ["'12'", "12"],
  ["9007199254740993", "9007199254740993"],
  ["true", true],
  ["null", null],
  ["[1, 2]", [1, 2]],
  ["[not a list", "[not a list"],
  ["", ""],
])("%s", (typed, value) => {
  expect(readParameter(typed)).toEqual(value);
});
