import { describe, expect, it } from "vitest";
import { plantedFaults } from "../testing/planted-faults.ts";
import { describeFailure } from "./describe-failure.ts";
import { simulate } from "./simulate.ts";

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

it("finds nothing in the system as it is", { timeout: 120_000 }, async () => {
  let acknowledged = 0;
  let reads = 0;
  for (const seed of seeds) {
    const result = await simulate(seed);
    expect(result.violation, describeFailure(result)).toBeUndefined();
    acknowledged += result.acknowledged;
    reads += result.reads;
  }
  // A system that does nothing does nothing wrong, nor does one that refuses to be read.
  expect(acknowledged).toBeGreaterThan(10 * seeds.length);
  expect(reads).toBeGreaterThan(10 * seeds.length);
});

it("runs a seed the same way every time, and another one differently", async () => {
  const [first, again, other] = [await simulate(77), await simulate(77), await simulate(78)];
  expect(again).toEqual(first);
  expect(other.hash).not.toBe(first.hash);
});

describe("finds a planted fault within 100 seeds:", () => {
  for (const { fault, parts, violates } of plantedFaults)
    it(fault, { timeout: 120_000 }, async () => {
      for (const seed of seeds.slice(0, 100)) {
        const result = await simulate(seed, { parts });
        if (!result.violation) continue;
        expect(violates).toContain(result.violation.invariant);
        expect(describeFailure(result)).toContain(`--seed ${seed}`);
        return;
      }
      expect.unreachable("it was not found");
    });
});
