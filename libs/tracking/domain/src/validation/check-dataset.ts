import { DomainError } from "@runweir/errors";
import type { DatasetInput } from "../dataset.ts";
import { invalidValue, requireText } from "./check-text.ts";
import { limits } from "./limits.ts";

/** Throws `invalid_argument` naming the field of the input at fault. */
export function checkDatasetInput(input: DatasetInput, index: number): DatasetInput {
  const at = `datasets[${index}]`;
  const { dataset, tags } = input;
  for (const field of ["name", "digest", "sourceType"] as const) {
    if (dataset[field] === "")
      throw invalidValue(
        `${at}.dataset.${field === "sourceType" ? "source_type" : field}`,
        "",
        "It must not be empty.",
      );
  }
  if (tags.length > limits.tagsPerBatch)
    throw new DomainError(
      "invalid_argument",
      `'${at}.tags' holds ${tags.length} tags, at most ${limits.tagsPerBatch}.`,
      { field: `${at}.tags` },
    );
  return {
    dataset: {
      name: requireText(`${at}.dataset.name`, dataset.name, limits.datasetName),
      digest: requireText(`${at}.dataset.digest`, dataset.digest, limits.datasetDigest),
      sourceType: requireText(`${at}.dataset.source_type`, dataset.sourceType, limits.datasetSourceType),
      source: requireText(`${at}.dataset.source`, dataset.source, limits.datasetSource),
      schema: optional(`${at}.dataset.schema`, dataset.schema, limits.datasetSchema),
      profile: optional(`${at}.dataset.profile`, dataset.profile, limits.datasetProfile),
    },
    tags: tags.map((tag, i) => ({
      key: requireText(`${at}.tags[${i}].key`, tag.key, limits.inputTagKey),
      value: requireText(`${at}.tags[${i}].value`, tag.value, limits.inputTagValue),
    })),
  };
}

function optional(path: string, text: string | undefined, limit: number): string | undefined {
  return text === undefined ? undefined : requireText(path, text, limit);
}
