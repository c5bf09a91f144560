import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { describeNans, describePoints, summarizeLine } from "./describe-lines.ts";
import { prepareLines } from "./prepare-lines.ts";

const reduced = (drawnPoints: number, storedPoints: number) => makeLine([1], { drawnPoints, storedPoints });

test.each([
  [[reduced(1, 1)], "1 point"],
  [[reduced(200, 200), reduced(100, 100)], "300 points"],
  [[reduced(260, 12_930)], "260 of 12,930 points"],
  [[reduced(380, 16_000), reduced(380, 16_241)], "2 × 380 of 32,241 points"],
  [[reduced(380, 1_600_000), reduced(300, 300)], "680 of 1.6 M points"],
  [[], "0 points"],
])("what is drawn of what is stored: %#", (lines, text) => {
  expect(describePoints(lines)).toBe(text);
});

test("NaNs are counted over all lines and not mentioned when there are none", () => {
  expect(describeNans([makeLine([1, "NaN"]), makeLine(["NaN", null])])).toBe("3 NaN");
  expect(describeNans([makeLine([1])])).toBeUndefined();
});

test("a line is summed up by its ends, skipping gaps", () => {
  const [line] = prepareLines([makeLine([0.5, 2, "NaN"], { min: [0.25, 2, "NaN"] })], {
    yScale: "linear",
    smoothing: 0,
    window: undefined,
  });
  expect(line && summarizeLine(line)).toEqual({ min: "0.2500", max: "2", last: "2" });
});
