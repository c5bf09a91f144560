import { DataType, type Table } from "apache-arrow";

/** How a column is shown and computed with. */
export type ColumnKind = "number" | "text" | "boolean" | "time" | "date" | "other";

export interface ResultColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** For people: "int64", "text", "timestamp". */
  readonly type: string;
  /** Numbers as number or bigint, times in milliseconds since 1970, anything else as text or JSON text; null is NULL. */
  value(row: number): CellValue;
}

export type CellValue = number | bigint | string | boolean | null;

/** A result as the page needs it: columns whose values are read where they lie. */
export interface ResultTable {
  readonly rows: number;
  readonly columns: readonly ResultColumn[];
}

export function createResultTable(table: Table): ResultTable {
  const columns = table.schema.fields.map((field, i): ResultColumn => {
    const vector = table.getChildAt(i);
    const isDecimal = /^(DECIMAL|U?HUGEINT)/.test(field.metadata.get("runweir.type") ?? "");
    const kind = isDecimal ? "number" : kindOf(field.type);
    const read = isDecimal
      ? Number
      : kind === "other"
        ? toJson
        : kind === "time" || kind === "date"
          ? toTime
          : same;
    return {
      name: field.name,
      kind,
      type: isDecimal ? "decimal" : nameOf(field.type),
      value: (row) => {
        const value: unknown = vector?.get(row) ?? null;
        return value === null ? null : read(value);
      },
    };
  });
  return { rows: table.numRows, columns };
}

function kindOf(encoded: DataType): ColumnKind {
  const type = plainType(encoded);
  if (DataType.isInt(type) || DataType.isFloat(type)) return "number";
  if (DataType.isUtf8(type)) return "text";
  if (DataType.isBool(type)) return "boolean";
  if (DataType.isTimestamp(type)) return "time";
  return DataType.isDate(type) ? "date" : "other";
}

/** Repeated texts travel as a dictionary. */
const plainType = (type: DataType): DataType => (DataType.isDictionary(type) ? type.dictionary : type);

function nameOf(encoded: DataType): string {
  const type = plainType(encoded);
  if (DataType.isUtf8(type)) return "text";
  if (DataType.isBool(type)) return "boolean";
  if (DataType.isTimestamp(type)) return "timestamp";
  if (DataType.isDate(type)) return "date";
  if (DataType.isBinary(type)) return "bytes";
  return DataType.isList(type) ? "list" : `${type as { toString(): string }}`.toLowerCase();
}

const same = (value: unknown) => value as CellValue;
const toTime = (value: unknown) => (value instanceof Date ? value.getTime() : Number(value));

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") return String(part);
    if (part instanceof Uint8Array)
      return `\\x${Array.from(part, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    return typeof part === "number" && !Number.isFinite(part) ? String(part) : part;
  });
}
