import { expect, test } from "vitest";
import type { BulkState } from "./bulk-moves.ts";
import { tellProgress } from "./tell-progress.ts";

const counted = { items: 10, moved: 6, skipped: 4, undone: 2, kept: 1 };
const forth = { done: 10, of: 10 };
const back = { done: 3, of: 6 };

test.each<[BulkState, boolean, { done: number; of: number }]>([
  ["planned", false, forth],
  ["applying", true, forth],
  ["apply paused", false, forth],
  ["applied", false, forth],
  ["undoing", true, back],
  ["undo paused", false, back],
  ["undone", false, back],
])("one that is %s: under way %s, %j", (state, isUnderWay, progress) => {
  const job = {
    ...counted,
    state,
    jobId: "1",
    digest: "d",
    actor: { id: "u", name: "ann" },
    creationTime: 0,
    selected: 10,
    refused: 0,
    refusals: [],
    request: { models: {}, version: { kind: "latest" }, target: { kind: "alias", alias: "a" } },
  } as const;
  expect(tellProgress(job)).toEqual({ isUnderWay, progress });
});
