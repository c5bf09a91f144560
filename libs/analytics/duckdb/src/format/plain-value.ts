import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  type DuckDBValue,
  DuckDBVariantValue,
} from "@duckdb/node-api";

/** A value of DuckDB's as JSON text. NaN and infinities become texts, and so do integers that a double cannot hold. */
export function jsonText(value: DuckDBValue): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : `"${value}"`;
  if (typeof value === "bigint")
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? `${value}` : `"${value}"`;
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue)
    return `[${value.items.map(jsonText).join(",")}]`;
  if (value instanceof DuckDBStructValue) return objectText(Object.entries(value.entries));
  if (value instanceof DuckDBMapValue)
    return objectText(value.entries.map(({ key, value: held }) => [plainText(key), held]));
  if (value instanceof DuckDBUnionValue || value instanceof DuckDBVariantValue) return jsonText(value.value);
  return JSON.stringify(plainText(value));
}

/** A value as bare text, for CSV cells and keys of objects. */
export function plainText(value: DuckDBValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
  if (value instanceof DuckDBDateValue) return value.isFinite ? value.toString() : infinity(value.days);
  if (value instanceof DuckDBTimestampTZValue)
    return value.isFinite
      ? isoTime(value.toString()).replace(/[+-]\d\d(:\d\d)?$/, "Z")
      : infinity(value.micros);
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  )
    return isoTime(value.toString());
  if (isNested(value)) return jsonText(value);
  return value.toString();
}

export function isNested(value: DuckDBValue): boolean {
  return (
    value instanceof DuckDBListValue ||
    value instanceof DuckDBArrayValue ||
    value instanceof DuckDBStructValue ||
    value instanceof DuckDBMapValue ||
    value instanceof DuckDBUnionValue ||
    value instanceof DuckDBVariantValue
  );
}

function objectText(entries: readonly (readonly [string, DuckDBValue])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${jsonText(value)}`).join(",")}}`;
}

/** `2026-01-02 03:04:05.678` with the T between date and time. */
function isoTime(text: string): string {
  return text.replace(/^(\S+-\d\d-\d\d) /, "$1T");
}

function infinity(value: bigint | number): string {
  return value > 0 ? "infinity" : "-infinity";
}
