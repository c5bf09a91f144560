import { expect, test } from "vitest";
import { whyEmpty } from "./nothing-drawn.tsx";

const linear = { yScale: "linear", zoomed: false } as const;

test("a plot with anything in it says nothing", () => {
  expect(whyEmpty([{ x: [0, 1], shown: [null, 2] }], linear)).toBeUndefined();
});

test("an empty plot says why", () => {
  const gaps = [{ x: [0], shown: [null] }];
  expect(whyEmpty([], linear)).toBe("Nothing logged yet.");
  expect(whyEmpty([], { ...linear, zoomed: true })).toMatch(/in this part/);
  expect(whyEmpty(gaps, linear)).toMatch(/finite/);
  expect(whyEmpty(gaps, { ...linear, yScale: "log" })).toMatch(/above zero/);
});
