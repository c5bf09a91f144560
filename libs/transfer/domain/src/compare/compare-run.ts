import type { DatasetInput, ImportedRun, StoredRun } from "@runweir/tracking-domain";
import { differingFields } from "./differing-fields.ts";
import { differingKeys } from "./differing-keys.ts";

/** What of a run, its points apart, is not here as it was exported. */
export function compareRun(exported: ImportedRun, here: Omit<StoredRun, "info"> & Pick<ImportedRun, "info">) {
  return [
    ...differingFields(exported.info, here.info, { runName: "name", status: "status", endTime: "end time" }),
    ...differingKeys(exported.params, here.params).map((key) => `param ${key}`),
    ...differingKeys(exported.tags, here.tags).map((key) => `tag ${key}`),
    ...compareDatasets(exported.datasetInputs, here.datasetInputs),
    ...missing(
      exported.modelInputs.map(({ modelId }) => `input ${modelId}`),
      here.modelInputs.map(({ modelId }) => `input ${modelId}`),
    ),
    ...missing(
      exported.modelOutputs.map(({ modelId, step }) => `output ${modelId} at step ${step}`),
      here.modelOutputs.map(({ modelId, step }) => `output ${modelId} at step ${step}`),
    ),
  ];
}

function compareDatasets(
  exported: readonly DatasetInput[],
  here: readonly DatasetInput[],
): readonly string[] {
  const known = new Map(here.map((input) => [nameOf(input), input]));
  return exported.flatMap((input) => {
    const found = known.get(nameOf(input));
    if (!found) return [nameOf(input)];
    const differing = [
      ...differingFields(input.dataset, found.dataset, {
        sourceType: "source type",
        source: "source",
        schema: "schema",
        profile: "profile",
      }),
      ...differingKeys(input.tags, found.tags).map((key) => `tag ${key}`),
    ];
    return differing.map((what) => `${what} of ${nameOf(input)}`);
  });
}

function nameOf({ dataset }: DatasetInput): string {
  return `dataset ${JSON.stringify(dataset.name)} (${dataset.digest})`;
}

function missing(exported: readonly string[], here: readonly string[]): readonly string[] {
  const known = new Set(here);
  return exported.filter((one) => !known.has(one));
}
