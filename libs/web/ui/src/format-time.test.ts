import { expect, test } from "vitest";
import { formatAgo, formatDuration } from "./format-time.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [840, "840 ms"],
  [12_400, "12.4 s"],
  // Rounding must not say "60.0 s".
  [59_970, "1 min"],
  [41 * minute, "41 min"],
  [3 * hour + 12 * minute, "3 h 12 min"],
  [2 * hour, "2 h"],
  [52 * hour, "2 d 4 h"],
  [-1, "–"],
])("%d ms last %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, "just now"],
  [-5 * second, "just now"],
  [42 * second, "42 s ago"],
  [3 * minute, "3 min ago"],
  [5 * hour, "5 h ago"],
  [4 * day, "4 d ago"],
])("%d ms in the past is %s", (age, text) => {
  const now = 1_790_000_000_000;
  expect(formatAgo(now - age, now)).toBe(text);
});

test("what is more than a month ago is a date", () => {
  const now = Date.UTC(2026, 5, 15, 12);
  expect(formatAgo(Date.UTC(2026, 0, 10, 12), now)).toBe("10 Jan 2026");
});
