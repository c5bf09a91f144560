import type { Json } from "@runweir/identity-domain";

export interface DetailChange {
  /** Empty where the details are one value. */
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Before and after as fields side by side, nested ones as `a.b`; lists stay whole. */
export function listChanges(before: Json, after: Json): readonly DetailChange[] {
  const old = flatten(before);
  const fresh = flatten(after);
  const fields = [...new Set([...old.keys(), ...fresh.keys()])];
  return fields.map((field) => ({ field, before: old.get(field), after: fresh.get(field) }));
}

function flatten(value: Json, path = "", into = new Map<string, string>()): Map<string, string> {
  if (value === null) {
    if (path !== "") into.set(path, "null");
    return into;
  }
  if (typeof value !== "object" || isList(value)) {
    into.set(path, typeof value === "string" ? value : JSON.stringify(value));
    return into;
  }
  for (const [key, member] of Object.entries(value))
    flatten(member, path === "" ? key : `${path}.${key}`, into);
  return into;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
