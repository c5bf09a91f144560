import type { BulkJob } from "@runweir/registry-domain";
import { expect, test } from "vitest";
import { describeBulkMove, exitCodeOf, readWhich } from "./bulk-move.ts";

const planned: BulkJob = {
  jobId: "7",
  state: "planned",
  digest: "d",
  actor: { id: "u1", name: "dora" },
  creationTime: 0,
  request: { models: {}, target: { kind: "alias", alias: "champion" }, version: { kind: "latest" } },
  selected: 5,
  refused: 2,
  refusals: [{ model: "a", reason: "protected" }],
  items: 2,
  moved: 0,
  skipped: 0,
  undone: 0,
  kept: 0,
  isUnderWay: false,
  progress: { done: 0, of: 2 },
};

test.each<[string, Partial<BulkJob>, number]>([
  ["planned", {}, 3],
  ["applied but for those left out", { state: "applied", moved: 2 }, 2],
  ["applied", { state: "applied", moved: 2, refused: 0 }, 0],
  ["applied but for one that had moved", { state: "applied", moved: 1, skipped: 1, refused: 0 }, 2],
  ["paused", { state: "apply paused", moved: 1 }, 3],
  ["of nothing that would change", { items: 0, refused: 0 }, 0],
  ["undone", { state: "undone", moved: 2, undone: 2 }, 0],
  ["undone but for one", { state: "undone", moved: 2, undone: 1, kept: 1 }, 2],
])("one that is %s", (_what, change, code) => {
  expect(exitCodeOf({ ...planned, ...change })).toBe(code);
});

test("it says what moves, what does not and why", () => {
  expect(describeBulkMove(planned)).toBe(
    [
      "Bulk move 7 is planned: @champion to the latest version",
      "  2 of 5 models to move",
      "  1 are there already, or have no such version",
      "  2 left out:",
      "    a: protected",
      "  1 more are left out",
    ].join("\n"),
  );
});

test("versions are named by a word, an alias or a stage", () => {
  expect(["latest", "none", "@b", "None"].map(readWhich)).toEqual([
    { kind: "latest" },
    { kind: "none" },
    { kind: "alias", alias: "b" },
    { kind: "stage", stage: "None" },
  ]);
});
