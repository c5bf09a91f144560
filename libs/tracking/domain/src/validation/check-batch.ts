import { DomainError } from "@runweir/errors";
import type { PointBatch } from "@runweir/ingest-domain";
import type { Tag } from "../experiment.ts";
import type { MetricInput, Param } from "../run.ts";
import { requireName } from "./check-name.ts";
import { invalidValue, truncateText } from "./check-text.ts";
import { limits } from "./limits.ts";

/** What may come at once for a run. */
export interface BatchInput {
  readonly metrics?: readonly MetricInput[] | undefined;
  readonly params?: readonly Param[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** A batch as it is written; refused as a whole, before any of it is. */
export function checkBatch({ metrics = [], params = [], tags = [] }: BatchInput) {
  requireBatchLimits(metrics.length, params.length, tags.length);
  return {
    points: toPointBatch(metrics, (i) => `metrics[${i}].`),
    params: checkParams(params, (i) => `params[${i}].`),
    tags: checkTags(tags, (i) => `tags[${i}].`),
  };
}

/** Refuses what is more than one batch may hold. */
export function requireBatchLimits(metrics: number, params: number, tags: number): void {
  requireAtMost("metrics", limits.metricsPerBatch, metrics);
  requireAtMost("params", limits.paramsPerBatch, params);
  requireAtMost("tags", limits.tagsPerBatch, tags);
  requireAtMost("metrics, params, and tags", limits.entitiesPerBatch, metrics + params + tags);
}

export function requireAtMost(what: string, limit: number, found: number): void {
  if (found <= limit) return;
  throw new DomainError(
    "invalid_argument",
    `A batch logging request can contain at most ${limit} ${what}. Got ${found} ${what}. ` +
      `Please split up ${what} across multiple requests and try again.`,
    { field: what.split(",")[0] },
  );
}

/** Metrics as columns, each point checked. `at` names the place of a metric in the request: `metrics[3].`, or nothing. */
export function toPointBatch(metrics: readonly MetricInput[], at: (index: number) => string): PointBatch {
  const indexes = new Map<string, number>();
  const keys: string[] = [];
  const keyIndexes = new Uint32Array(metrics.length);
  const steps = new Float64Array(metrics.length);
  const timestamps = new Float64Array(metrics.length);
  const values = new Float64Array(metrics.length);
  for (let i = 0; i < metrics.length; i += 1) {
    const metric = metrics[i] as MetricInput;
    let keyIndex = indexes.get(metric.key);
    if (keyIndex === undefined) {
      requireName(`${at(i)}name`, metric.key, "Metric name");
      keyIndex = keys.push(metric.key) - 1;
      indexes.set(metric.key, keyIndex);
    }
    if (!Number.isSafeInteger(metric.timestamp) || metric.timestamp < 0)
      throw invalidValue(
        `${at(i)}timestamp`,
        metric.timestamp,
        `metric '${metric.key}' (value=${metric.value}). Timestamp must be a nonnegative long (64-bit integer) `,
      );
    if (!Number.isSafeInteger(metric.step))
      throw invalidValue(
        `${at(i)}step`,
        metric.step,
        `metric '${metric.key}' (value=${metric.value}). Step must be a valid long (64-bit integer).`,
      );
    keyIndexes[i] = keyIndex;
    steps[i] = metric.step;
    timestamps[i] = metric.timestamp;
    values[i] = metric.value;
  }
  return { keys, keyIndexes, steps, timestamps, values };
}

/** Params with their values cut to the limit; a key may be there once. */
export function checkParams(params: readonly Param[], at: (index: number) => string): readonly Param[] {
  const seen = new Set<string>();
  const repeated: string[] = [];
  const checked = params.map(({ key, value }, i) => {
    requireName(`${at(i)}key`, key, "Param key");
    if (seen.has(key)) repeated.push(key);
    seen.add(key);
    return { key, value: truncateText(`${at(i)}value`, value, limits.paramValue) };
  });
  if (repeated.length > 0)
    throw new DomainError(
      "invalid_argument",
      `Duplicate parameter keys have been submitted: [${repeated.map((key) => `'${key}'`).join(", ")}]. ` +
        "Please ensure the request contains only one param value per param key.",
      { field: "params" },
    );
  return checked;
}

/** Tags with their values cut to the limit; the last one of a key wins. */
export function checkTags(tags: readonly Tag[], at: (index: number) => string): readonly Tag[] {
  const byKey = new Map<string, Tag>();
  tags.forEach(({ key, value }, i) => {
    requireName(`${at(i)}key`, key, `${at(i)}key`);
    byKey.set(key, { key, value: truncateText(`${at(i)}value`, value, limits.tagValue) });
  });
  return [...byKey.values()];
}
