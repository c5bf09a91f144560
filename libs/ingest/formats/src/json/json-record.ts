import { refused } from "../refusals.ts";

/** An object that JSON.parse made. Its fields are only ever read by names known beforehand, and never copied. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function readRecord(json: unknown, place: string): JsonRecord {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as JsonRecord;
  throw refused(place, "must be an object", json);
}

/** Throws for the first field that is none of these, so that a misspelt one is not silently ignored. */
export function requireKnownFields(record: JsonRecord, known: readonly string[], place: string): void {
  for (const name in record) {
    if (known.includes(name)) continue;
    throw refused(place || "body", `may have the fields ${known.join(", ")} only`, name);
  }
}

export function readText(json: unknown, place: string): string {
  if (typeof json === "string") return json;
  throw refused(place, "must be text", json);
}
