import { expect, test } from "vitest";
import { groupHotkeys } from "./group-hotkeys.ts";

test("the frame's keys are everywhere, others are the page's", () => {
  const { everywhere, page } = groupHotkeys([
    { keys: "mod+k", description: "Search" },
    { keys: "?", description: "Help" },
    { keys: "j", description: "Next run" },
  ]);
  expect(everywhere.map(({ keys }) => keys)).toEqual(["mod+k", "?"]);
  expect(page.map(({ keys }) => keys)).toEqual(["j"]);
});

test("of two with the same key the one that is heard is shown", () => {
  const { page } = groupHotkeys([
    { keys: "/", description: "Filter runs" },
    { keys: "/", description: "Filter metrics" },
  ]);
  expect(page).toEqual([{ keys: "/", description: "Filter metrics" }]);
});
