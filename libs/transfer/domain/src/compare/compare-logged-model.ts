import { compareValues } from "@runweir/ingest-domain";
import type { LoggedModel, LoggedModelMetric } from "@runweir/tracking-domain";
import { differingFields } from "./differing-fields.ts";
import { differingKeys } from "./differing-keys.ts";

type Model = Omit<LoggedModel, "artifactUri" | "metrics">;

/** What of a logged model, its metrics apart, is not here as it was exported. */
export function compareLoggedModel(exported: Model, here: Model): readonly string[] {
  return [
    ...differingFields(exported, here, {
      name: "name",
      status: "status",
      statusMessage: "status message",
      modelType: "type",
      sourceRunId: "source run",
      creatorId: "creator",
    }),
    ...differingKeys(exported.params, here.params).map((key) => `param ${key}`),
    ...differingKeys(exported.tags, here.tags).map((key) => `tag ${key}`),
  ];
}

/**
 * What is here of the metrics of a model, of which the latest point is kept per key, run and dataset. One that went on here
 * is later.
 */
export function compareModelMetrics(
  exported: readonly LoggedModelMetric[],
  here: readonly LoggedModelMetric[],
): {
  /** Not here, or only an earlier point of it. */
  readonly lost: readonly LoggedModelMetric[];
  /** Here with another value at the same step and time. */
  readonly altered: readonly LoggedModelMetric[];
} {
  const known = new Map(here.map((metric) => [nameOf(metric), metric]));
  const lost: LoggedModelMetric[] = [];
  const altered: LoggedModelMetric[] = [];
  for (const metric of exported) {
    const found = known.get(nameOf(metric));
    if (!found) {
      lost.push(metric);
      continue;
    }
    const place = found.step - metric.step || found.timestamp - metric.timestamp;
    const order = place || compareValues(found.value, metric.value);
    if (order < 0) lost.push(metric);
    else if (order > 0 && place === 0) altered.push(metric);
  }
  return { lost, altered };
}

function nameOf({ key, runId, datasetName, datasetDigest }: LoggedModelMetric): string {
  return JSON.stringify([key, runId, datasetName ?? "", datasetDigest ?? ""]);
}
