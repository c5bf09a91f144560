import { expect, test } from "vitest";
import { scrollTo, windowOf } from "./row-window.ts";

test("few rows are all drawn", () => {
  expect(windowOf(5, 30, 0, 600)).toEqual({ height: 150, first: 0, top: 0, count: 5 });
});

test("the window follows the scroll bar, pixel by pixel", () => {
  expect(windowOf(1_000, 30, 0, 600)).toMatchObject({ height: 30_000, first: 0, top: 0, count: 21 });
  expect(windowOf(1_000, 30, 45, 600)).toMatchObject({ first: 1, top: 30 });
});

test.each([1_000, 1_000_000, 20_000_000])(
  "of %i rows the last one is reached, and lies at the end",
  (rows) => {
    const { height } = windowOf(rows, 30, 0, 600);
    const end = windowOf(rows, 30, height - 600, 600);
    expect(end.first + end.count).toBe(rows);
    expect(end.top + end.count * 30).toBeGreaterThanOrEqual(height - 1);
    expect(height).toBeLessThanOrEqual(12_000_000);
  },
);

test.each([1_000, 1_000_000, 20_000_000])("of %i rows every row can be brought into view", (rows) => {
  const { height } = windowOf(rows, 30, 0, 600);
  for (const row of [0, 1, 19, 20, 500, rows - 2, rows - 1])
    for (const from of [0, height / 2, height - 600]) {
      const place = scrollTo(row, rows, 30, from, 600) ?? from;
      const { first, count, top } = windowOf(rows, 30, place, 600);
      expect(row).toBeGreaterThanOrEqual(first);
      expect(row).toBeLessThan(first + count);
      const y = top + (row - first) * 30 - place;
      expect(y).toBeGreaterThanOrEqual(-1);
      expect(y + 30).toBeLessThanOrEqual(601);
    }
});
