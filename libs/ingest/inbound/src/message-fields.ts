import { type JsonRecord, readRecord, readText, refused, requireKnownFields } from "@runweir/ingest-formats";
import type { KeyValue } from "./run-event.ts";

/** The fields of a message; each reader throws `invalid_argument` naming the field, what was found and what is allowed. */
export interface MessageFields {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  optionalTime(name: string): number | undefined;
  choice<Choice extends string>(name: string, allowed: readonly Choice[], fallback?: Choice): Choice;
  /** An array of `{"key": ..., "value": ...}`, both of them texts. */
  pairs(name: string): readonly KeyValue[];
  optionalPairs(name: string): readonly KeyValue[];
  /** Whatever is there, to be read by somebody else. */
  json(name: string): unknown;
  /** Called last: a field that nobody has asked for is refused. */
  refuseOthers(): void;
}

export function messageFields(message: JsonRecord, path = ""): MessageFields {
  const asked = new Set<string>();

  function take(name: string): unknown {
    asked.add(name);
    return Object.hasOwn(message, name) ? message[name] : undefined;
  }

  function text(name: string, value: unknown): string {
    const given = readText(value, path + name);
    if (given.isWellFormed()) return given;
    throw refused(path + name, "must be well-formed Unicode", given);
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
    json: take,
    refuseOthers: () => requireKnownFields(message, [...asked], path.slice(0, -1) || "message"),
  };
  return fields;
}

function readPairs(path: string, value: unknown): readonly KeyValue[] {
  if (!Array.isArray(value)) throw refused(path, "must be an array", value);
  return value.map((item: unknown, i) => {
    const at = `${path}[${i}]`;
    const fields = messageFields(readRecord(item, at), `${at}.`);
    const pair = { key: fields.text("key"), value: fields.text("value") };
    fields.refuseOthers();
    return pair;
  });
}
