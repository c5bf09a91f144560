import { planFraudDetection } from "./plan-fraud-detection.ts";
import { planImageSearch } from "./plan-image-search.ts";
import { planLoadForecast } from "./plan-load-forecast.ts";
import { countRuns, type PlannedExperiment } from "./planned-run.ts";
import { createRandomSource } from "./random-source.ts";

const ownSeed = 7;

/** The whole demo project, ending at `now` (milliseconds since 1970); the same seed plans the same project. */
export function planDemo(now: number, seed = ownSeed): readonly PlannedExperiment[] {
  const random = createRandomSource(seed);
  return [planFraudDetection(random, now), planImageSearch(random, now), planLoadForecast(random, now)];
}

/** How much the demo project holds, for saying how far the loading has come. */
export function measureDemo(
  now: number,
  seed?: number,
): { readonly experiments: number; readonly runs: number } {
  const plans = planDemo(now, seed);
  return { experiments: plans.length, runs: plans.reduce((sum, plan) => sum + countRuns(plan.runs), 0) };
}
