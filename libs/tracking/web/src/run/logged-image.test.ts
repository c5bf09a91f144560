import { expect, it } from "vitest";
import { readImages } from "./logged-image.ts";

const entry = (name: string) => ({ name, path: `images/${name}`, folder: false, bytes: 1 });

it("groups pictures by key in the order of steps, small copies aside", () => {
  const series = readImages([
    entry("val#faces%step%10%timestamp%1700000000002%aaaa.png"),
    entry("val#faces%step%10%timestamp%1700000000002%aaaa%compressed.webp"),
    entry("val#faces%step%2%timestamp%1700000000001%bbbb%compressed.webp"),
    entry("val#faces%step%2%timestamp%1700000000001%bbbb.png"),
    entry("old+step+-1+timestamp+5+cccc.png"),
  ]);
  expect(series.map(({ key }) => key)).toEqual(["old", "val/faces"]);
  expect(series[1]?.images.map(({ step, path }) => [step, path.endsWith(".png")])).toEqual([
    [2, true],
    [10, true],
  ]);
  expect(series[0]?.images[0]?.step).toBe(-1);
});

it("leaves out files that are no logged pictures", () => {
  expect(readImages([entry("cat.png"), { ...entry("a%step%1%timestamp%1%x.png"), folder: true }])).toEqual(
    [],
  );
});
