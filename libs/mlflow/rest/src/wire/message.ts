import { DomainError } from "@runweir/errors";
import { type ReadValue, readList, readRecord } from "./field-values.ts";
import { missingValue } from "./refused-value.ts";

export interface Field<T> {
  readonly read: ReadValue<T>;
  readonly required: boolean;
  readonly list: boolean;
  /** Another wire name of the same field. */
  readonly alias?: string | undefined;
  /** What an absent field stands for. */
  readonly fallback: T | undefined;
}

type FieldTable = Readonly<Record<string, Field<unknown>>>;

type MessageOf<F extends FieldTable> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** How one request of the protocol is read. */
export interface Message<T> {
  /** From JSON; `at` is the path of the message inside the request, empty for the request itself. */
  readonly read: ReadValue<T>;
  /** From a query string: a value given once is a list of one where the protocol has a list. */
  fromQuery(query: Readonly<Record<string, unknown>>): T;
}

export function required<T>(read: ReadValue<T>, alias?: string): Field<T> {
  return { read, required: true, list: false, alias, fallback: undefined };
}

export function optional<T>(read: ReadValue<T>): Field<T | undefined> {
  return { read, required: false, list: false, fallback: undefined };
}

export function withDefault<T>(read: ReadValue<T>, fallback: T): Field<T> {
  return { read, required: false, list: false, fallback };
}

/** Absent and empty are the same thing on this wire. */
export function repeated<T>(readItem: ReadValue<T>): Field<readonly T[]> {
  return { read: readList(readItem), required: false, list: true, fallback: [] };
}

export function requiredList<T>(readItem: ReadValue<T>): Field<readonly T[]> {
  return { read: readList(readItem), required: true, list: true, fallback: undefined };
}

/**
 * A message by its fields, named as our own code names them; on the wire `maxResults` is `max_results`, and `maxResults`
 * is accepted as Protocol Buffers' JSON mapping wants it. Unknown fields are ignored, `null` is absent, and an empty
 * string in a required field counts as missing, as in MLflow.
 */
export function message<const F extends FieldTable>(fields: F): Message<MessageOf<F>> {
  const entries = Object.entries(fields).map(([name, field]) => ({ name, wireName: snakeCase(name), field }));
  const read: ReadValue<MessageOf<F>> = (value, at) => {
    const record = readRecord(value, at || "request body");
    const prefix = at === "" ? "" : `${at}.`;
    const result: Record<string, unknown> = {};
    for (const { name, wireName, field } of entries) {
      const key = presentKey(record, wireName, name, field.alias);
      const found = record[key] ?? undefined;
      if (field.required && (found === undefined || found === "")) throw missingValue(prefix + wireName);
      result[name] = found === undefined ? field.fallback : field.read(found, prefix + key);
    }
    return result as MessageOf<F>;
  };
  return {
    read,
    fromQuery(query) {
      const record: Record<string, unknown> = {};
      for (const { name, wireName, field } of entries) {
        const key = presentKey(query, wireName, name, field.alias);
        const value = query[key];
        if (field.list && value !== undefined) record[key] = Array.isArray(value) ? value : [value];
        else record[key] = Array.isArray(value) ? value[0] : value;
      }
      return read(record, "");
    },
  };
}

function presentKey(
  record: Readonly<Record<string, unknown>>,
  wireName: string,
  name: string,
  alias: string | undefined,
): string {
  if (wireName !== name && record[name] !== undefined) {
    if (record[wireName] === undefined) return name;
    throw new DomainError(
      "invalid_argument",
      `Request specifies both '${wireName}' and '${name}'; provide only one of them.`,
      { field: wireName },
    );
  }
  const given = record[wireName];
  if (alias !== undefined && (given === undefined || given === null || given === "")) {
    if (record[alias] !== undefined && record[alias] !== null) return alias;
  }
  return wireName;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
