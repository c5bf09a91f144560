import type { Field } from "../query.ts";

/** What page tokens call a field that runs are ordered by: the same in every engine, since tokens go from one to another. */
export function orderNameOf(field: Field): string {
  if (field.entity === "attribute") return field.key;
  return `${field.entity}.${field.key}${field.entity === "metric" ? `.${field.aggregate}` : ""}`;
}
