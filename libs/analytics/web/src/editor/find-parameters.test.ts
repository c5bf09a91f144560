import { expect, test } from "vitest";
import { findParameters } from "./find-parameters.ts";

test.each([
  ["SELECT $a, $b, $a", ["a", "b"]],
  ["SELECT '$no', \"$no\", $yes -- $no\n/* $no */", ["yes"]],
  ["SELECT 'it''s $no' || $yes", ["yes"]],
  ["SELECT $$ $no $$, $_x1", ["_x1"]],
  ["SELECT $1, ?", []],
  ["", []],
])("%s", (sql, names) => {
  expect(findParameters(sql)).toEqual(names);
});
