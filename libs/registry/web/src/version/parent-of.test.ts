import { expect, test } from "vitest";
import { parentOf } from "./parent-of.ts";

test("only a version by its number is a parent", () => {
  expect(parentOf("models:/fraud gbm/12")).toEqual({ name: "fraud gbm", version: 12 });
  expect(parentOf("models:/m-0af7")).toBeUndefined();
  expect(parentOf("models:/fraud/Production")).toBeUndefined();
  expect(parentOf("models:/fraud@champion")).toBeUndefined();
  expect(parentOf("runs:/0af7/1")).toBeUndefined();
});
