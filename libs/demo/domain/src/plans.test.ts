import { expect, test } from "vitest";
import { measureDemo, planDemo } from "./plan-demo.ts";
import { planImageSearch } from "./plan-image-search.ts";
import { planLoadForecast } from "./plan-load-forecast.ts";
import { createRandomSource } from "./random-source.ts";

const now = 1_790_000_000_000;

test("the same seed plans the same demo", () => {
  const plan = () => planImageSearch(createRandomSource(3), now, 2);
  expect(plan()).toEqual(plan());
  expect(planImageSearch(createRandomSource(4), now, 2)).not.toEqual(plan());
});

test("the demo shows what pages must cope with", () => {
  const plans = planDemo(now);
  const runs = plans.flatMap((plan) => plan.runs.flatMap((run) => [run, ...run.children]));
  expect(measureDemo(now)).toEqual({ experiments: 3, runs: runs.length });
  expect(runs.length).toBeGreaterThan(250);
  expect(new Set(runs.map((run) => run.status))).toEqual(new Set(["FINISHED", "FAILED", "KILLED"]));
  expect(runs.some((run) => run.metrics.some(({ value }) => Number.isNaN(value)))).toBe(true);
  expect(runs.some((run) => run.children.length > 0)).toBe(true);
  expect(runs.some((run) => run.files.some(({ path }) => path.startsWith("images/")))).toBe(true);
});

test("nothing happens in the future, and steps are in order", () => {
  for (const run of planLoadForecast(createRandomSource(1), now, 3).runs) {
    expect(run.endTime).toBeLessThanOrEqual(now);
    for (const { timestamp, step } of run.metrics) {
      expect(Number.isInteger(timestamp) && Number.isInteger(step)).toBe(true);
      expect(timestamp).toBeLessThanOrEqual(run.endTime);
    }
  }
});
