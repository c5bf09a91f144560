import { DomainError } from "@runweir/errors";
import type { KeyValue } from "./run-event.ts";

const shownMax = 80;

/** The fields of a message; each reader throws `invalid_argument` naming the field, what was found and what is allowed. */
export interface MessageFields {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  optionalTime(name: string): number | undefined;
  choice<Choice extends string>(name: string, allowed: readonly Choice[], fallback?: Choice): Choice;
  /** A list of `{"key": ..., "value": ...}`, both of them texts. */
  pairs(name: string): readonly KeyValue[];
  optionalPairs(name: string): readonly KeyValue[];
  /** Called last: a field that nobody has asked for is refused. */
  refuseOthers(): void;
}

export function messageFields(message: Readonly<Record<string, unknown>>, path = ""): MessageFields {
  const asked = new Set<string>();

  function take(name: string): unknown {
    asked.add(name);
    return Object.hasOwn(message, name) ? message[name] : undefined;
  }

  function text(name: string, value: unknown): string {
    if (typeof value !== "string") throw refused(path + name, "must be a text", value);
    if (!value.isWellFormed()) throw refused(path + name, "must be well-formed Unicode", value);
    return value;
  }

  const fields: MessageFields = {
    text: (name) => text(name, take(name)),
    optionalText(name) {
      const value = take(name);
      return value === undefined ? undefined : text(name, value);
    },
    optionalTime(name) {
      const value = take(name);
      if (value === undefined) return undefined;
      if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
      throw refused(path + name, "must be a whole number of milliseconds since 1970", value);
    },
    choice(name, allowed, fallback) {
      const given = take(name);
      const value = given === undefined ? fallback : given;
      const chosen = allowed.find((one) => one === value);
      if (chosen === undefined) throw refused(path + name, `must be one of ${allowed.join(", ")}`, value);
      return chosen;
    },
    pairs: (name) => readPairs(path + name, take(name)),
    optionalPairs(name) {
      const value = take(name);
      return value === undefined ? [] : readPairs(path + name, value);
    },
    refuseOthers() {
      const other = Object.keys(message).find((name) => !asked.has(name));
      if (other === undefined) return;
      throw new DomainError(
        "invalid_argument",
        `There is no field ${quote(path + other)} here. Allowed are ${[...asked].join(", ")}.`,
        { field: path + other },
      );
    },
  };
  return fields;
}

function readPairs(path: string, value: unknown): readonly KeyValue[] {
  if (!Array.isArray(value)) throw refused(path, "must be a list", value);
  return value.map((item: unknown, i) => {
    const at = `${path}[${i}]`;
    if (!isObject(item)) throw refused(at, "must be an object with key and value", item);
    const fields = messageFields(item, `${at}.`);
    const pair = { key: fields.text("key"), value: fields.text("value") };
    fields.refuseOthers();
    return pair;
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function refused(field: string, rule: string, found: unknown): DomainError {
  const what = found === undefined ? "nothing" : Array.isArray(found) ? "a list" : describe(found);
  return new DomainError("invalid_argument", `'${field}' ${rule}. Found ${what}.`, { field });
}

function describe(found: unknown): string {
  if (typeof found === "string") return quote(found);
  return typeof found === "object" && found !== null ? "an object" : String(found);
}

/** Short enough for a message, whatever was sent. */
export function quote(text: string): string {
  if (text.length <= shownMax) return JSON.stringify(text.toWellFormed());
  return `${JSON.stringify(text.slice(0, shownMax).toWellFormed())}... (${text.length} characters)`;
}
