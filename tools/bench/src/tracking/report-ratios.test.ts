import { expect, test } from "vitest";
import { median, summarise } from "./report-ratios.ts";

const load = (perSecond: number) => ({ calls: 1, perSecond, p50Ms: 1, p99Ms: 1, failures: [] });

test("each round is compared with its faster MLflow, and the median of rounds counts", () => {
  const summary = summarise({
    scenario: "s",
    aim: 10,
    rounds: [
      { runweir: load(100), mlflow: [load(5), load(10)] },
      { runweir: load(300), mlflow: [load(10), load(1)] },
      { runweir: load(50), mlflow: [load(10), load(10)] },
    ],
  });
  expect(summary).toMatchObject({ ratio: 10, lowest: 5, highest: 30, mlflowPerSecond: 10, failures: 0 });
});

test("median of an even number is the mean of the middle two", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
