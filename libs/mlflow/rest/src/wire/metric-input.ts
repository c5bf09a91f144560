import type { MetricInput } from "@runweir/tracking-domain";
import {
  type ReadValue,
  readDouble,
  readInteger,
  readList,
  readRecord,
  readText,
  readTextOrNothing,
} from "./field-values.ts";
import { missingValue } from "./refused-value.ts";

/**
 * The metrics of a batch: a thousand of them are what a busy server reads most. One that is written as clients write it
 * is read at once; only for others is it worked out where they stand in the request and what is wrong with them.
 */
export const readMetricInputs: ReadValue<readonly MetricInput[]> = (value, at) => {
  if (!Array.isArray(value)) return readList(readMetricInput)(value, at);
  const items: readonly unknown[] = value;
  const metrics = new Array<MetricInput>(items.length);
  for (let i = 0; i < items.length; i += 1)
    metrics[i] = plainMetric(items[i]) ?? readMetricInput(items[i], `${at}[${i}]`);
  return metrics;
};

function plainMetric(item: unknown): MetricInput | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  const record = item as Readonly<Record<string, unknown>>;
  const { key, value, timestamp, step } = record;
  if (typeof key !== "string" || key === "" || typeof value !== "number") return undefined;
  if (!isPlainInteger(timestamp) || !isPlainInteger(step)) return undefined;
  // Rarely given, and then in one of two spellings.
  for (const name of subjectNames) if (record[name] !== undefined) return undefined;
  return { key, value, timestamp, step };
}

const subjectNames = [
  "model_id",
  "modelId",
  "dataset_name",
  "datasetName",
  "dataset_digest",
  "datasetDigest",
] as const;

function isPlainInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

const readMetricInput: ReadValue<MetricInput> = (json, at) => {
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
