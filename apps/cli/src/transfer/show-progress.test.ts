import { expect, test } from "vitest";
import { printBar } from "./show-progress.ts";

test("a bar says what, how far and how long", () => {
  expect(printBar({ what: "points", done: 1, of: 4 }, 2.4)).toBe(
    `[######${"-".repeat(18)}] 25 %, points 1 of 4, 2 s`,
  );
  expect(printBar({ what: "", done: 0, of: 0 }, 0)).toContain("100 %");
});
