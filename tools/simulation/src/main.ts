import { parseArgs } from "node:util";
import { describeFailure } from "./describe-failure.ts";
import { simulate } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    seed: { type: "string" },
    minutes: { type: "string" },
    lines: { type: "string", default: "40" },
  },
});

/** One seed, so many seeds, or seeds for so many minutes, from a place that differs each time. */
async function main(): Promise<number> {
  if (values.seed !== undefined) {
    const result = await simulate(Number(values.seed), { lines: Number(values.lines) });
    console.log(
      `seed ${result.seed}: ${result.steps} steps, ${result.virtualSeconds.toFixed(1)} s of virtual time, ${result.acknowledged} requests acknowledged, trace ${result.hash}`,
    );
    if (result.violation) console.error(describeFailure(result));
    return result.violation ? 1 : 0;
  }
  const began = performance.now();
  const until =
    values.minutes === undefined ? Number.POSITIVE_INFINITY : began + Number(values.minutes) * 60_000;
  const count =
    values.seeds === undefined && values.minutes === undefined ? 1_000 : Number(values.seeds ?? Infinity);
  const first = values.minutes === undefined ? 1 : Math.floor(Math.random() * 1e9);
  let seeds = 0;
  let steps = 0;
  for (; seeds < count && performance.now() < until; seeds += 1) {
    const result = await simulate(first + seeds);
    steps += result.steps;
    if (!result.violation) continue;
    console.error(describeFailure(result));
    return 1;
  }
  const minutes = (performance.now() - began) / 60_000;
  console.log(
    `${seeds} seeds from ${first}: nothing found. ${Math.round(seeds / minutes)} seeds and ${Math.round(steps / minutes)} steps a minute.`,
  );
  return 0;
}

process.exitCode = await main();
