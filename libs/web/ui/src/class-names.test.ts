import { expect, test } from "vitest";
import { classNames } from "./class-names.ts";

test("the last of two contradicting utilities wins, our own sizes included", () => {
  expect(classNames("h-control px-2", "h-row", false, undefined)).toBe("px-2 h-row");
});

test("a text size and a text colour are no contradiction", () => {
  expect(classNames("text-ink", "text-sm")).toBe("text-ink text-sm");
});
