import { expect, it } from "vitest";
import { applyBrushes, brushBetween, placesOf } from "./apply-brushes.ts";
import { colorStep, colorSteps, spreadColors } from "./color-scale.ts";
import { drawingOrder } from "./drawing-order.ts";
import { nearestLine } from "./nearest-line.ts";
import { buildAxis, ticksWithRoom } from "./parallel-axis.ts";
import type { Brush, CategoryColumn, NumberColumn } from "./parallel-column.ts";

const numbers = (values: readonly number[], log = false): NumberColumn => ({
  id: "n",
  title: "n",
  kind: "number",
  values: Float64Array.from(values),
  log,
});
const names = (...values: (string | null)[]): CategoryColumn => ({
  id: "c",
  title: "c",
  kind: "category",
  values,
});
const places = (axis: { places: Float32Array }) => [...axis.places].map((place) => Number(place.toFixed(4)));

it("places numbers between the ends, and what is no number nowhere", () => {
  const axis = buildAxis(numbers([10, 20, 15, Number.NaN, Number.POSITIVE_INFINITY]));
  expect(places(axis)).toEqual([0, 1, 0.5, Number.NaN, Number.NaN]);
  expect(axis.missing).toBe(2);
  expect(axis.ticks.map(({ label }) => label)).toEqual(["10", "12", "14", "16", "18", "20"]);
  expect(axis.valueAt(0.25)).toBe(12.5);
});

it("places numbers by their logarithm, zero and less nowhere", () => {
  const axis = buildAxis(numbers([0.001, 0.01, 1, 0, -3], true));
  expect(places(axis)).toEqual([0, 0.3333, 1, Number.NaN, Number.NaN]);
  expect(axis.ticks.map(({ label }) => label)).toEqual(["0.001", "0.01", "0.1", "1"]);
  expect(axis.valueAt(2 / 3)).toBeCloseTo(0.1);
});

it("puts one value in the middle, and none nowhere", () => {
  expect(places(buildAxis(numbers([7, 7])))).toEqual([0.5, 0.5]);
  expect(buildAxis(numbers([Number.NaN])).ticks).toEqual([]);
});

it("places names from the top in their order, numbers in names as numbers", () => {
  const axis = buildAxis(names("b10", "b9", null, "b9", ""));
  expect(axis.names).toEqual(["", "b9", "b10"]);
  expect(places(axis)).toEqual([0.1667, 0.5, Number.NaN, 0.5, 0.8333]);
  expect(axis.ticks[0]?.label).toBe("(empty)");
  expect(ticksWithRoom(axis.ticks, 0.5).map(({ label }) => label)).toEqual(["(empty)", "b10"]);
});

it("combines brushes, both ends included, runs without a value left out", () => {
  const columns = [numbers([1, 2, 3, Number.NaN]), names("a", "b", null, "a")];
  const left = (brushes: readonly (readonly [string, Brush])[]) => {
    const answer = applyBrushes(columns, new Map(brushes), 4);
    expect(answer.count).toBe([...answer.left].filter(Boolean).length);
    return [...answer.left];
  };
  expect(left([])).toEqual([1, 1, 1, 1]);
  expect(left([["n", { kind: "range", from: 1, to: 2 }]])).toEqual([1, 1, 0, 0]);
  expect(left([["c", { kind: "names", names: ["a"] }]])).toEqual([1, 0, 0, 1]);
  expect(
    left([
      ["n", { kind: "range", from: 2, to: 9 }],
      ["c", { kind: "names", names: ["a", "b"] }],
    ]),
  ).toEqual([0, 1, 0, 0]);
});

it("makes a brush of a stroke and shows it where the stroke was", () => {
  const axis = buildAxis(numbers([0, 10]));
  expect(brushBetween(axis, 0.75, 0.25)).toEqual({ kind: "range", from: 2.5, to: 7.5 });
  expect(placesOf(axis, { kind: "range", from: 2.5, to: 7.5 })).toEqual([0.25, 0.75]);
  const uneven = buildAxis(numbers([0.123456789, 0.987654321]));
  const whole = brushBetween(uneven, -0.1, 1.3);
  expect(applyBrushes([uneven.column], new Map([["n", whole!]]), 2).count, "the ends stay inside").toBe(2);
  const category = buildAxis(names("a", "b", "c", "d"));
  expect(brushBetween(category, 1, 0.5)).toEqual({ kind: "names", names: ["a", "b"] });
  expect(brushBetween(category, 0.49, 0.48)).toBeUndefined();
  expect(placesOf(category, { kind: "names", names: ["a", "b"] })).toEqual([0.5, 1]);
});

it("draws each line that is left once, the first ones from everywhere", () => {
  const left = Uint8Array.from({ length: 1_000 }, (_, line) => (line % 2 === 0 ? 1 : 0));
  const order = drawingOrder(left, 1);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index * 2));
  const early = [...order.slice(0, 50)];
  expect([0, 1, 2, 3].every((quarter) => early.some((line) => Math.floor(line / 250) === quarter))).toBe(
    true,
  );
  expect([...drawingOrder(Uint8Array.of(0, 0), 1)]).toEqual([]);
  expect([...drawingOrder(new Uint8Array(0), 1)]).toEqual([]);
});

it("finds the line under the pointer", () => {
  const picture = {
    x: [0, 100],
    y: [Float32Array.of(0, 50), Float32Array.of(100, 50)],
    lines: Uint32Array.of(0, 1),
  };
  expect(nearestLine({ x: 10, y: 11 }, picture)).toBe(0);
  expect(nearestLine({ x: 10, y: 52 }, picture)).toBe(1);
  expect(nearestLine({ x: 10, y: 80 }, picture)).toBeUndefined();
  expect(nearestLine({ x: 120, y: 50 }, picture)).toBeUndefined();
});

it("spreads colours from the first to the last", () => {
  expect(spreadColors(["#000000", "#ffffff"], 3)).toEqual(["#000000", "#808080", "#ffffff"]);
  expect(spreadColors(["#000000", "#ff0000", "#ffffff"], 5)[2]).toBe("#ff0000");
  expect([0, 0.5, 1, Number.NaN].map(colorStep)).toEqual([0, colorSteps / 2, colorSteps - 1, -1]);
});
