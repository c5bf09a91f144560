import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRefresher } from "./create-refresher.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Answers each take so long; the times at which they were asked, since the beginning. */
function askFor(answerMs: number, leastRestMs?: number) {
  const began = performance.now();
  const asked: number[] = [];
  const refresher = createRefresher(async () => {
    asked.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, answerMs));
  }, leastRestMs);
  return { ...refresher, asked };
}

test("the first change is asked about at once, all others until the rest is over together, and the last one is not missed", async () => {
  const { refresh, asked } = askFor(100);
  refresh();
  refresh();
  await vi.advanceTimersByTimeAsync(200);
  refresh();
  expect(asked).toEqual([0]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([0, 300]);
  refresh();
  expect(asked).toEqual([0, 300, 10_200]);
});

test("who takes long to answer is asked the less, but asked", async () => {
  const { refresh, asked } = askFor(2_000);
  const changing = setInterval(refresh, 50);
  await vi.advanceTimersByTimeAsync(25_000);
  clearInterval(changing);
  expect(asked).toEqual([50, 6_050, 12_050, 18_050, 24_050]);
  const slowest = askFor(60_000);
  slowest.refresh();
  slowest.refresh();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(slowest.asked).toEqual([0, 75_000]);
});

test("what is seldom of interest rests longer", async () => {
  const { refresh, asked } = askFor(100, 3_000);
  refresh();
  refresh();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([0, 3_100]);
});

test("an answer that fails is one, too", async () => {
  let asked = 0;
  const refresher = createRefresher(async () => {
    asked += 1;
    throw new Error("no");
  });
  refresher.refresh();
  refresher.refresh();
  await vi.advanceTimersByTimeAsync(10);
  expect(asked).toBe(2);
});

test("what has stopped asks about nothing that was before it", async () => {
  const { refresh, stop, asked } = askFor(100);
  refresh();
  await vi.advanceTimersByTimeAsync(150);
  refresh();
  stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([0]);
  refresh();
  expect(asked).toEqual([0, 10_150]);
});
