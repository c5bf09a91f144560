import { expect, it } from "vitest";
import { buildScatter } from "./build-scatter.ts";
import { judge } from "./judge.ts";
import { quantile, scatterData } from "./scatter-data.ts";

it("judges how much the params explain", () => {
  expect(judge(null).words).toContain("Too few runs");
  expect(judge(0.09).words).toContain("next to nothing");
  expect(judge(-0.4).weak).toBe(true);
  expect(judge(0.5)).toMatchObject({ weak: false });
});

it("takes runs that have both values as points, numbers as numbers", () => {
  expect(scatterData(["0.1", "1", null, "2"], [3, "NaN", 4, 5])).toEqual({
    kind: "number",
    points: [
      [0.1, 3],
      [2, 5],
    ],
  });
});

it("takes names as boxes, most runs first", () => {
  const data = scatterData(["b", "a", "a", "a", "1"], [9, 1, 2, 4, 7]);
  expect(
    data.kind === "category" && data.categories.map(({ name, box }) => [name, box.low, box.median, box.high]),
  ).toEqual([
    ["a", 1.5, 2, 3],
    ["1", 7, 7, 7],
    ["b", 9, 9, 9],
  ]);
  expect(quantile([1, 2, 4], 0.75)).toBe(3);
  const many = scatterData(
    Array.from({ length: 30 }, (_, run) => `c${run}`),
    Array.from({ length: 30 }, () => 1),
  );
  expect(many).toMatchObject({ leftOut: 10 });
});

it("draws every point, and of a logarithmic axis those above zero", () => {
  const colors = {
    surface: "#fff",
    line: "#eee",
    label: "#777",
    font: "mono",
    resolve: (color: string) => color,
  };
  const data = scatterData(["0", "1", "2"], [1, 2, 3]);
  const drawn = (log: boolean) => {
    const { series } = buildScatter(data, { param: "lr", target: "auc", log }, colors);
    return series[0]?.data.length;
  };
  expect([drawn(false), drawn(true)]).toEqual([3, 2]);
});
