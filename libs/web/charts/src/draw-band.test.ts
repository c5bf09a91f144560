import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { drawBand, findStretches } from "./draw-band.ts";
import { prepareLines } from "./prepare-lines.ts";

const [line] = prepareLines([makeLine([2, 3, "NaN", 5, 6], { min: [1, 2, "NaN", 4, 5] })], {
  yScale: "linear",
  smoothing: 0,
  window: undefined,
});
if (!line) throw new Error("one line in, one line out");
const api = { coord: (point: unknown) => point as number[] };

test("a gap divides the band", () => {
  expect(findStretches(line)).toEqual([
    [0, 2],
    [3, 5],
  ]);
});

test("the whole band is drawn once: along the upper edge and back along the lower", () => {
  const drawn = drawBand(line, "#123456", { dataIndexInside: 0 }, api);
  expect(drawn).toMatchObject({
    type: "group",
    children: [
      {
        shape: {
          points: [
            [0, 2],
            [1, 3],
            [1, 2],
            [0, 1],
          ],
        },
        style: { fill: "#123456" },
      },
      { type: "polygon" },
    ],
  });
  expect(drawBand(line, "#123456", { dataIndexInside: 1 }, api)).toBeUndefined();
});
