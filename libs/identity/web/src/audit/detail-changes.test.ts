import { expect, test } from "vitest";
import { listChanges } from "./detail-changes.ts";

test("fields stand side by side, those of one side alone too", () => {
  expect(listChanges({ role: "viewer", old: 1 }, { role: "admin", fresh: [1, "a"] })).toEqual([
    { field: "role", before: "viewer", after: "admin" },
    { field: "old", before: "1", after: undefined },
    { field: "fresh", before: undefined, after: '[1,"a"]' },
  ]);
});

test("nested fields are named by their path, and empty values are told from none", () => {
  expect(listChanges({ target: { pattern: "a*", on: null } }, { target: { pattern: "" } })).toEqual([
    { field: "target.pattern", before: "a*", after: "" },
    { field: "target.on", before: "null", after: undefined },
  ]);
});

test("nothing, and one value alone", () => {
  expect(listChanges(null, null)).toEqual([]);
  expect(listChanges(null, "x")).toEqual([{ field: "", before: undefined, after: "x" }]);
  expect(listChanges({}, {})).toEqual([]);
});
