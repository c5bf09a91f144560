import { expect, test } from "vitest";
import { moveWords } from "./target-words.ts";

test("a move says what it leaves and where it goes", () => {
  expect(moveWords({ target: { kind: "alias", alias: "champion" }, from: 37, to: 41 })).toBe(
    "@champion moves from version 37 to version 41",
  );
  expect(moveWords({ target: { kind: "stage", stage: "Production" }, to: 1 })).toBe(
    "Production moves from nothing to version 1",
  );
});
