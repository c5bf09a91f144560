import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { moveByKey } from "./move-by-key.ts";
import { prepareLines } from "./prepare-lines.ts";

const lines = prepareLines([makeLine([1, 2]), makeLine([1, 2, 3, 4, 5], { x: [0, 10, 20, 30, 40] })], {
  yScale: "linear",
  smoothing: 0,
  window: undefined,
});
const at = { lines, extent: { from: 0, to: 40 }, zoomed: false, x: undefined };

test("the arrows enter at an end and walk along the longest line", () => {
  expect(moveByKey("ArrowRight", at)).toEqual({ kind: "hover", x: 0 });
  expect(moveByKey("ArrowLeft", at)).toEqual({ kind: "hover", x: 40 });
  expect(moveByKey("ArrowRight", { ...at, x: 10 })).toEqual({ kind: "hover", x: 20 });
  expect(moveByKey("ArrowRight", { ...at, x: 40 })).toEqual({ kind: "hover", x: 40 });
});

test("plus zooms in around the cursor, minus only out of a zoom", () => {
  expect(moveByKey("+", { ...at, x: 10 })).toEqual({ kind: "window", window: { from: 5, to: 25 } });
  expect(moveByKey("-", at)).toBeUndefined();
  expect(moveByKey("-", { ...at, zoomed: true, x: 20 })).toEqual({
    kind: "window",
    window: { from: -20, to: 60 },
  });
});

test("Escape first shows everything, then leaves", () => {
  expect(moveByKey("Escape", { ...at, zoomed: true })).toEqual({ kind: "window", window: undefined });
  expect(moveByKey("Escape", at)).toEqual({ kind: "leave" });
});

test("other keys are left to the page", () => {
  expect(moveByKey("j", at)).toBeUndefined();
});
