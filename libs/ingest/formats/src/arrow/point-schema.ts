import { DomainError } from "@runweir/errors";
import { type DataType, type Field, DataType as Is, Precision, type Schema, TimeUnit } from "apache-arrow";
import { malformedBody } from "../refusals.ts";

const textColumns = ["run_id", "key"] as const;
const numberColumns = ["step", "timestamp", "value"] as const;
export type TextColumn = (typeof textColumns)[number];
export type NumberColumn = (typeof numberColumns)[number];
const columnNames: readonly string[] = [...textColumns, ...numberColumns];

/** A stream's schema that has passed: where each column is. */
export interface PointSchema {
  readonly fields: readonly Field[];
  readonly places: Readonly<Record<TextColumn | NumberColumn, number>>;
  /** The types of dictionaries' values, by id. */
  readonly dictionaries: ReadonlyMap<number, DataType>;
}

/** Throws `invalid_argument` unless the stream has exactly the columns of points, in any order, in types that can be read. */
export function checkSchema(schema: Schema): PointSchema {
  const { fields } = schema;
  // A damaged schema may have fields without a name.
  const names = fields.map((field) => (field.name as string | null) ?? "");
  const foreign = names.find((name, i) => !columnNames.includes(name) || names.indexOf(name) !== i);
  if (foreign !== undefined || fields.length !== columnNames.length)
    throw schemaRefused(
      `must have the columns ${columnNames.join(", ")}, each once. Found ${names.map((name) => name.slice(0, 80)).join(", ") || "none"}`,
    );
  const dictionaries = new Map<number, DataType>();
  for (const field of fields) {
    const problem = problemOf(field.name, field.type);
    if (problem)
      throw schemaRefused(`column '${field.name}' must be ${problem}. Found ${String(field.type)}`);
    if (Is.isDictionary(field.type)) {
      const known = dictionaries.get(field.type.id);
      if (known && known.typeId !== field.type.dictionary.typeId)
        throw malformedBody("one dictionary has two types");
      dictionaries.set(field.type.id, field.type.dictionary);
    }
  }
  const place = (name: string) => names.indexOf(name);
  return {
    fields,
    dictionaries,
    places: {
      run_id: place("run_id"),
      key: place("key"),
      step: place("step"),
      timestamp: place("timestamp"),
      value: place("value"),
    },
  };
}

/** What the type of a column should be, if it is not. */
function problemOf(name: string, type: DataType): string | undefined {
  if (textColumns.includes(name as TextColumn)) {
    if (isText(type)) return undefined;
    if (Is.isDictionary(type) && isText(type.dictionary) && isInteger(type.indices, 32)) return undefined;
    return "utf8 or large_utf8, or a dictionary of these with indices of at most 32 bits";
  }
  if (name === "value") {
    const isFloat =
      Is.isFloat(type) && (type.precision === Precision.SINGLE || type.precision === Precision.DOUBLE);
    return isFloat ? undefined : "float64 or float32";
  }
  if (isInteger(type, 64)) return undefined;
  if (name === "step") return "an integer";
  const isTimestamp = Is.isTimestamp(type) && TimeUnit[type.unit] !== undefined;
  return isTimestamp ? undefined : "an integer (milliseconds since 1970) or a timestamp";
}

function isText(type: DataType): boolean {
  return Is.isUtf8(type) || Is.isLargeUtf8(type);
}

function isInteger(type: DataType, bitsMax: number): boolean {
  return Is.isInt(type) && [8, 16, 32, 64].includes(type.bitWidth) && type.bitWidth <= bitsMax;
}

function schemaRefused(problem: string): DomainError {
  return new DomainError("invalid_argument", `The schema of the Arrow stream ${problem}.`, {
    field: "schema",
  });
}
