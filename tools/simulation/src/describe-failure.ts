import type { SimulationResult } from "./simulate.ts";

/** What was found, how it came to it, and how to see it again. */
export function describeFailure(result: SimulationResult): string {
  const { seed, violation, steps, virtualSeconds, plan, lastLines } = result;
  return [
    `seed ${seed} violates ${violation?.invariant} at step ${steps} (${virtualSeconds.toFixed(2)} s): ${violation?.message}`,
    `plan: ${JSON.stringify(plan)}`,
    ...lastLines,
    `again: node tools/simulation/src/main.ts --seed ${seed}`,
  ].join("\n");
}
