import type { MetricInput } from "@runweir/tracking-domain";
import type { RandomSource } from "./random-source.ts";

export interface CurveShape {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** Share of the remaining distance covered per step. */
  readonly rate: number;
  readonly noise: number;
  /** Log every n-th step; validation is rarer than training. */
  readonly every?: number;
  /** From this step on the value is NaN: the run diverged. */
  readonly divergesAt?: number;
}

/** A curve that approaches its goal with noise, one point per logged step. */
export function planCurve(
  random: RandomSource,
  shape: CurveShape,
  time: { readonly start: number; readonly stepMs: number; readonly steps: number },
): MetricInput[] {
  const points: MetricInput[] = [];
  let value = shape.from;
  for (let step = 0; step < time.steps; step++) {
    value += (shape.to - value) * shape.rate;
    if (step % (shape.every ?? 1) !== 0) continue;
    const diverged = shape.divergesAt !== undefined && step >= shape.divergesAt;
    points.push({
      key: shape.key,
      value: diverged ? Number.NaN : value + random.normal() * shape.noise,
      timestamp: Math.round(time.start + step * time.stepMs),
      step,
    });
  }
  return points;
}
