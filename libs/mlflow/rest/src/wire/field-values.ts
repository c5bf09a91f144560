import { RefusedValue } from "./refused-value.ts";

/** Reads one JSON value of a request; `at` is its path for messages. Throws `RefusedValue`. */
export type ReadValue<T> = (value: unknown, at: string) => T;

export const readText: ReadValue<string> = (value, at) => {
  if (typeof value === "string") return value;
  throw new RefusedValue(at, value, "a string");
};

/** Ids with NUL are refused at the door: the database cannot even be asked for them. */
export const readId: ReadValue<string> = (value, at) => {
  const id = readText(value, at);
  if (id.includes("\0")) throw new RefusedValue(at, value, "an id without the character NUL (U+0000)");
  return id;
};

/** Protocol Buffers has no absent strings in most of MLflow's requests: an empty one means none was given. */
export const readTextOrNothing: ReadValue<string | undefined> = (value, at) =>
  readText(value, at) || undefined;

/** True or false: in a query they are strings, and the R client sends them as R writes them, which MLflow refuses. */
export const readFlag: ReadValue<boolean> = (value, at) => {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "TRUE") return true;
  if (value === "false" || value === "FALSE") return false;
  throw new RefusedValue(at, value, "true or false");
};

const decimalInteger = /^-?\d+(?:(?:\.\d+)?[eE]\+?\d+)?$/;

/**
 * A 64-bit integer, as a number or as the string that the Java and R clients send; R writes 100000 as `1e+05`. Beyond
 * 2^53-1 it is refused: a JavaScript number would silently be another one.
 */
export const readInteger: ReadValue<number> = (value, at) => {
  const number =
    typeof value === "string" && decimalInteger.test(value) && value.length <= 20 ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number === 0 ? 0 : number;
  throw new RefusedValue(at, value, "an integer between -9007199254740991 and 9007199254740991");
};

export const readInteger32: ReadValue<number> = (value, at) => {
  const number = readInteger(value, at);
  if (number === (number | 0)) return number;
  throw new RefusedValue(at, value, "an integer between -2147483648 and 2147483647");
};

const decimalNumber = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** A double: a number, a string of one, or one of "NaN", "Infinity" and "-Infinity", quoted or (from Python) bare. */
export const readDouble: ReadValue<number> = (value, at) => {
  if (typeof value === "number") return value;
  if (typeof value === "string") {
    if (value === "NaN") return Number.NaN;
    if (value === "Infinity" || value === "-Infinity") return Number(value);
    if (decimalNumber.test(value)) return Number(value);
  }
  throw new RefusedValue(at, value, 'a number, "NaN", "Infinity" or "-Infinity"');
};

/**
 * An enum of the protocol: its name or its number, which may be a string in a query. `names` in the protocol's order,
 * counted from 1.
 */
export function readChoice<T extends string>(
  names: readonly T[],
  wireName: (name: T) => string = (name) => name,
): ReadValue<T> {
  const byWire = new Map<unknown, T>();
  for (const [index, name] of names.entries()) {
    byWire
      .set(wireName(name), name)
      .set(index + 1, name)
      .set(String(index + 1), name);
  }
  const expected = `one of ${names.map(wireName).join(", ")}`;
  return (value, at) => {
    const name = byWire.get(value);
    if (name !== undefined) return name;
    throw new RefusedValue(at, value, expected);
  };
}

export function readList<T>(readItem: ReadValue<T>): ReadValue<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new RefusedValue(at, value, "a list");
    return value.map((item: unknown, index) => readItem(item, `${at}[${index}]`));
  };
}

export function readRecord(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new RefusedValue(at, value, "an object");
}
