import type { MetricInput } from "@runweir/tracking-domain";
import {
  type ReadValue,
  readDouble,
  readInteger,
  readRecord,
  readText,
  readTextOrNothing,
} from "./field-values.ts";
import { missingValue } from "./refused-value.ts";

/**
 * A metric of a batch, read by hand: batches of a thousand are what a busy server reads most, and the general reader
 * takes several times as long.
 */
export const readMetricInput: ReadValue<MetricInput> = (json, at) => {
  const record = readRecord(json, at);
  const { key, value, timestamp, step } = record;
  if (key === undefined || key === null || key === "") throw missingValue(`${at}.key`);
  if (value === undefined || value === null || value === "") throw missingValue(`${at}.value`);
  if (timestamp === undefined || timestamp === null || timestamp === "")
    throw missingValue(`${at}.timestamp`);
  const metric = {
    key: readText(key, `${at}.key`),
    value: typeof value === "number" ? value : readDouble(value, `${at}.value`),
    timestamp: readInteger(timestamp, `${at}.timestamp`),
    step: step === undefined || step === null ? 0 : readInteger(step, `${at}.step`),
  };
  const about = readSubject(record, at);
  return about === undefined ? metric : { ...metric, ...about };
};

/** What the metric is about, besides its run: rarely given. */
function readSubject(
  record: Readonly<Record<string, unknown>>,
  at: string,
): Pick<MetricInput, "modelId" | "datasetName" | "datasetDigest"> | undefined {
  const modelId = record.model_id ?? record.modelId;
  const datasetName = record.dataset_name ?? record.datasetName;
  const datasetDigest = record.dataset_digest ?? record.datasetDigest;
  if (modelId === undefined && datasetName === undefined && datasetDigest === undefined) return undefined;
  return {
    modelId: readTextOrNothing(modelId ?? "", `${at}.model_id`),
    datasetName: readTextOrNothing(datasetName ?? "", `${at}.dataset_name`),
    datasetDigest: readTextOrNothing(datasetDigest ?? "", `${at}.dataset_digest`),
  };
}
