import type { LatestMetric, Run } from "@runweir/tracking-domain";
import { toWireNumber, type WireNumber } from "./wire-number.ts";

export interface WireMetric extends Omit<LatestMetric, "value"> {
  readonly value: WireNumber;
}

export interface WireRun extends Omit<Run, "metrics"> {
  readonly metrics: readonly WireMetric[];
}

/** The keys a listing shows. Of a run's other metrics, params and tags nothing is sent. */
export interface ShownKeys {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
  readonly tags: readonly string[];
}

/** Everything of the run, or of its keys only the shown ones (a listing of thousands would weigh megabytes). */
export function toWireRun(run: Run, shown?: ShownKeys): WireRun {
  if (shown === undefined) return { ...run, metrics: run.metrics.map(toWireMetric) };
  return {
    ...run,
    metrics: pick(run.metrics, shown.metrics).map(toWireMetric),
    params: pick(run.params, shown.params),
    tags: pick(run.tags, shown.tags),
  };
}

function toWireMetric(metric: LatestMetric): WireMetric {
  return { ...metric, value: toWireNumber(metric.value) };
}

function pick<Entry extends { readonly key: string }>(
  entries: readonly Entry[],
  keys: readonly string[],
): readonly Entry[] {
  return entries.filter(({ key }) => keys.includes(key));
}
