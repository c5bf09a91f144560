export { type ArrowBatch, readArrowPoints } from "./arrow/read-arrow-points.ts";
export { type FormatLimits, formatLimits } from "./format-limits.ts";
export { type JsonRecord, readRecord, readText, requireKnownFields } from "./json/json-record.ts";
export { parseJson, readJsonPoints, readJsonRuns } from "./json/read-json-points.ts";
export { type NdjsonWindow, readNdjsonPoints } from "./ndjson/read-ndjson-points.ts";
export type { ReadLease } from "./read-lease.ts";
export { malformedBody, refused, tooLarge } from "./refusals.ts";
