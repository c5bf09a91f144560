import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepWorking } from "./keep-working.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

function count(work: (round: number) => Promise<number | undefined>) {
  const seen = { rounds: 0, errors: 0 };
  const background = keepWorking({
    work: () => work(++seen.rounds),
    restMs: 60_000,
    onError: () => void seen.errors++,
  });
  return { seen, background, after: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds) };
}

test("it works at once, after a rest, when woken, and when it said so", async () => {
  const { seen, background, after } = count(async (round) => (round === 3 ? 1_000 : undefined));
  await after(0);
  expect(seen.rounds).toBe(1);
  await after(59_999);
  expect(seen.rounds).toBe(1);
  await after(1);
  expect(seen.rounds).toBe(2);
  background.wake();
  await after(0);
  expect(seen.rounds).toBe(3);
  await after(1_000);
  expect(seen.rounds).toBe(4);
  await background.stop();
});

test("being woken while it works makes it look once more", async () => {
  let end = (): void => {};
  const { seen, background, after } = count((round) =>
    round === 1 ? new Promise((resolve) => (end = () => resolve(undefined))) : Promise.resolve(undefined),
  );
  background.wake();
  background.wake();
  end();
  await after(0);
  expect(seen.rounds).toBe(2);
  await background.stop();
});

test("after failures it waits longer and longer, whoever wakes it", async () => {
  const { seen, background, after } = count(async (round) => {
    if (round < 4) throw new Error("away");
    return undefined;
  });
  await after(0);
  background.wake();
  await after(499);
  expect(seen).toEqual({ rounds: 1, errors: 1 });
  await after(1);
  expect(seen).toEqual({ rounds: 2, errors: 2 });
  await after(999);
  expect(seen.rounds).toBe(2);
  await after(1 + 2_000);
  expect(seen).toEqual({ rounds: 4, errors: 3 });
  await background.stop();
});

test("stopping waits for the work under way and starts none", async () => {
  let end = (): void => {};
  const { seen, background, after } = count(() => new Promise((resolve) => (end = () => resolve(undefined))));
  let stopped = false;
  const stopping = background.stop().then(() => (stopped = true));
  await after(100_000);
  expect(stopped).toBe(false);
  end();
  await stopping;
  expect(seen).toEqual({ rounds: 1, errors: 0 });
});
