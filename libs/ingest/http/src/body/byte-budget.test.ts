import { afterEach, expect, it, vi } from "vitest";
import { ByteBudget } from "./byte-budget.ts";

afterEach(() => vi.useRealTimers());

const newBudget = () => new ByteBudget({ openBytes: 100, pausingBytes: 50, requestBytes: 10 });

it("holds what is taken until it is given back, and turns away what does not fit", () => {
  const budget = newBudget();
  const [first, second] = [budget.open(), budget.open()];
  first.take(70);
  expect(() => second.take(20)).toThrow("Too many metrics are being received.");
  expect(() => budget.open()).not.toThrow();
  expect(() => budget.open()).toThrow("Too many metrics are being received.");
  first.give(30);
  second.take(20);
  expect(budget.used).toBe(90);
  first.end();
  first.end();
  expect(budget.used).toBe(40);
});

it("lets streams go on when enough is given back", async () => {
  const budget = newBudget();
  const [stream, other] = [budget.open(), budget.open()];
  await stream.whenRelaxed();
  other.take(60);
  let relaxed = false;
  const waiting = stream.whenRelaxed().then(() => {
    relaxed = true;
  });
  other.give(20);
  await Promise.resolve();
  expect(relaxed).toBe(false);
  other.give(20);
  await waiting;
});

it("lets streams go on after a while whatever others hold, so that none waits for another for ever", async () => {
  vi.useFakeTimers();
  const budget = newBudget();
  const [stream, other] = [budget.open(), budget.open()];
  other.take(60);
  const waiting = stream.whenRelaxed();
  await vi.advanceTimersByTimeAsync(1_000);
  await waiting;
});
