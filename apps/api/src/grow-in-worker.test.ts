import type { ForestRequest } from "@runweir/tracking-domain";
import { expect, test } from "vitest";
import { growInWorker } from "./grow-in-worker.ts";

const rows = 200;
const request: ForestRequest = {
  rows,
  bins: [
    Uint8Array.from({ length: rows }, (_, i) => i % 20),
    Uint8Array.from({ length: rows }, (_, i) => i % 7),
  ],
  target: Float64Array.from({ length: rows }, (_, i) => i % 20),
  trees: 20,
  seed: 3,
};

test("forests grow in a thread, several at a time, and again after it has ended", async () => {
  const worker = growInWorker();
  const [first, second] = await Promise.all([worker.growForest(request), worker.growForest(request)]);
  expect(first?.shares[0]).toBeGreaterThan(0.9);
  expect(second).toEqual(first);
  await worker.close();
  expect(await worker.growForest(request)).toEqual(first);
  await worker.close();
});

test("whoever waits when it ends is told to ask again", async () => {
  const worker = growInWorker();
  const answer = worker.growForest({ ...request, trees: 2_000 });
  await Promise.all([expect(answer).rejects.toMatchObject({ code: "unavailable" }), worker.close()]);
});

test("a request that makes the thread fail is told of, and the next one has an answer", async () => {
  const worker = growInWorker();
  const broken = { ...request, bins: undefined } as unknown as ForestRequest;
  await expect(worker.growForest(broken)).rejects.toMatchObject({ code: "unavailable" });
  expect((await worker.growForest(request)).shares.length).toBe(2);
  await worker.close();
});
