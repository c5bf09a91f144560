import { expect, test } from "vitest";
import { readParameter } from "../run/read-parameter.ts";
import { toParameters, toTyped, typedOf } from "./typed-parameters.ts";

test("what was typed is kept with its type, and comes back as it was", () => {
  const typed = { a: "fraud", b: "12", c: "true", d: "[1,2]", e: '["x"]', f: "", g: "'12'" };
  const names = Object.keys(typed);
  const kept = toParameters(names, typed);
  expect(kept.map(({ type }) => type)).toEqual([
    "text",
    "number",
    "boolean",
    "number_list",
    "text_list",
    "text",
    "text",
  ]);
  expect(kept[6]?.default).toBe("12");
  expect(toTyped(kept)).toEqual(typed);
});

test.each([null, true, 1.5, "x", "12", "null", "[1]", [1, 2]])("%j survives being typed", (value) => {
  expect(readParameter(typedOf(value))).toEqual(value);
});
