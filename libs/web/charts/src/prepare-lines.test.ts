import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { prepareLines, xExtent } from "./prepare-lines.ts";

const plain = { yScale: "linear", smoothing: 0, window: undefined } as const;

test("what is no finite number is a gap", () => {
  const [line] = prepareLines([makeLine([1, "NaN", "Infinity", null, 2])], plain);
  expect(line?.shown).toEqual([1, null, null, null, 2]);
});

test("on a logarithmic axis zero and less are gaps, and a band's lost end falls back on the line", () => {
  const line = makeLine([1, 0, -2, 4], { min: [-1, 0, -2, 2], max: [3, 1, -2, 4] });
  const [prepared] = prepareLines([line], { ...plain, yScale: "log" });
  expect(prepared?.shown).toEqual([1, null, null, 4]);
  expect(prepared?.min).toEqual([1, null, null, 2]);
  expect(prepared?.max).toEqual([3, 1, null, 4]);
});

test("a window keeps a neighbour on each side, so that lines run to the edges", () => {
  const [line] = prepareLines([makeLine([0, 1, 2, 3, 4, 5])], { ...plain, window: { from: 2, to: 3 } });
  expect(line?.x).toEqual([1, 2, 3, 4]);
  const [outside] = prepareLines([makeLine([0, 1])], { ...plain, window: { from: 5, to: 9 } });
  expect(outside?.x).toEqual([1]);
});

test("zooming does not change the smoothed curve", () => {
  const line = makeLine([5, 1, 4, 2, 3, 6]);
  const [whole] = prepareLines([line], { ...plain, smoothing: 0.6 });
  const [part] = prepareLines([line], { ...plain, smoothing: 0.6, window: { from: 3, to: 4 } });
  expect(part?.shown).toEqual(whole?.shown.slice(2, 6));
});

test("there is a band only where buckets hold more than one value", () => {
  expect(prepareLines([makeLine([1, 2])], plain)[0]?.hasBand).toBe(false);
  expect(prepareLines([makeLine([1, 2], { min: [1, 1] })], plain)[0]?.hasBand).toBe(true);
});

test("the axis runs over all lines, over the window when there is one, and never over nothing", () => {
  const lines = [makeLine([1, 2, 3]), makeLine([1, 2], { x: [10, 40] })];
  expect(xExtent(lines, "step", undefined)).toEqual({ from: 0, to: 40 });
  expect(xExtent(lines, "step", { from: 3, to: 5 })).toEqual({ from: 3, to: 5 });
  expect(xExtent([makeLine([7], { x: [100] })], "step", undefined)).toEqual({ from: 99, to: 101 });
  expect(xExtent([], "wall", undefined)).toEqual({ from: 0, to: 1 });
});
