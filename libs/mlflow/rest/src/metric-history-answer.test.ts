import { describe, expect, it } from "vitest";
import { printHistory, printPoints } from "./metric-history-answer.ts";

const points = {
  steps: Float64Array.of(0, 1, -2, 3),
  timestamps: Float64Array.of(1795517951439, 5, 6, 7),
  values: Float64Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY, 1e300),
};

describe("a printed history", () => {
  it("is JSON, with strings for what JSON has no number for", () => {
    const text = printHistory([printPoints(points, 'loss "a"')], "token");
    expect(JSON.parse(text)).toEqual({
      metrics: [
        { key: 'loss "a"', value: 0.1, timestamp: 1795517951439, step: 0 },
        { key: 'loss "a"', value: "NaN", timestamp: 5, step: 1 },
        { key: 'loss "a"', value: "-Infinity", timestamp: 6, step: -2 },
        { key: 'loss "a"', value: 1e300, timestamp: 7, step: 3 },
      ],
      next_page_token: "token",
    });
  });

  it("names the run when it holds several", () => {
    const none = { steps: new Float64Array(), timestamps: new Float64Array(), values: new Float64Array() };
    const one = { steps: Float64Array.of(1), timestamps: Float64Array.of(2), values: Float64Array.of(3) };
    const text = printHistory([
      printPoints(one, "m", "a"),
      printPoints(none, "m", "b"),
      printPoints(one, "m", "c"),
    ]);
    expect(JSON.parse(text)).toEqual({
      metrics: ["a", "c"].map((run_id) => ({ key: "m", value: 3, timestamp: 2, step: 1, run_id })),
    });
  });

  it("leaves out what is empty", () => {
    expect(printHistory([])).toBe("{}");
  });
});
