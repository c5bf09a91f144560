import { expect, test } from "vitest";
import { findNamePlace } from "./name-place.ts";

const find = (before: string, after = "") => findNamePlace(before, before + after);

test.each([
  ["SELECT * FROM metric_summary WHERE key = 'val/au", "", { kind: "metric", typed: "val/au" }],
  ["SELECT * FROM metric_summary m WHERE m.key IN ('a', 'b", "", { kind: "metric", typed: "b" }],
  ["SELECT * FROM params WHERE key ILIKE '", "", { kind: "param", typed: "" }],
  ["SELECT * FROM tags WHERE key<>'x", "", { kind: "tag", typed: "x" }],
  ["SELECT params['mod", "", { kind: "param", typed: "mod" }],
  ["SELECT r.tags[ 'a", "", { kind: "tag", typed: "a" }],
  ["SELECT key = 'lo", " FROM metric_points", { kind: "metric", typed: "lo" }],
])("%s", (before, after, place) => {
  expect(find(before, after)).toEqual(place);
});

test("nowhere else", () => {
  expect(find("SELECT * FROM runs WHERE status = 'FIN")).toBeUndefined();
  expect(find("SELECT * FROM metric_summary WHERE key = 'loss' AND x")).toBeUndefined();
  expect(find("SELECT monkey = 'a")).toBeUndefined();
});
