import type { SeriesStatistics } from "@runweir/ingest-domain";
import { expect, test } from "vitest";
import { isSameSeries } from "./compare-series.ts";

const point = { step: 1, timestamp: 2, value: Number.NaN };
const series: SeriesStatistics = {
  key: "loss",
  count: 1_000,
  nanCount: 1,
  sum: 123.456,
  min: -1,
  max: 2,
  stepOfMin: 3,
  stepOfMax: 4,
  first: point,
  last: { ...point, value: 0 },
};

test("sums that were added in another order are the same, and so are zeros of both signs", () => {
  expect(isSameSeries(series, { ...series, sum: 123.456 + 1e-12, last: { ...point, value: -0 } })).toBe(true);
  const infinite = { ...series, sum: Number.NaN, max: Number.POSITIVE_INFINITY };
  expect(isSameSeries(infinite, { ...infinite, sum: Number.POSITIVE_INFINITY })).toBe(true);
});

test.each<Partial<SeriesStatistics>>([
  { count: 999 },
  { nanCount: 0 },
  { sum: 123.457 },
  { sum: null },
  { min: null },
  { max: Number.NaN },
  { stepOfMin: 4 },
  { stepOfMax: null },
  { first: { ...point, timestamp: 3 } },
  { last: { ...point, value: Number.NaN } },
])("%j is another series", (change) => {
  expect(isSameSeries(series, { ...series, ...change })).toBe(false);
});
