import type { AuditFilter } from "@runweir/identity-domain";
import { StatementValues } from "@runweir/postgres";

const termsMax = 20;

/** A search as conditions on `identity.audit_entry e`; each can be answered from an index. */
export function printConditions(
  workspace: string | undefined,
  filter: AuditFilter,
): { readonly conditions: string[]; readonly values: StatementValues } {
  const values = new StatementValues();
  const conditions: string[] = ["true"];
  const equal = (column: string, wanted: string | undefined) => {
    if (wanted !== undefined) conditions.push(`e.${column} = ${values.add(wanted)}`);
  };
  equal("workspace", workspace);
  equal("actor_id", filter.actorId);
  equal("action", filter.action);
  equal("object_kind", filter.objectKind);
  equal("object_id", filter.objectId);
  const terms = printTerms(filter.text ?? "");
  if (terms !== "") conditions.push(`identity.audit_words(e) @@ to_tsquery('simple', ${values.add(terms)})`);
  // Times never go back along the chain: a stretch of time is a stretch of numbers, which every index ends with.
  const firstSince = (time: number) =>
    `(SELECT sequence FROM identity.audit_entry WHERE time >= ${values.add(time)}::bigint ORDER BY time, sequence LIMIT 1)`;
  if (filter.from !== undefined) conditions.push(`e.sequence >= ${firstSince(filter.from)}`);
  if (filter.to !== undefined)
    conditions.push(`e.sequence < COALESCE(${firstSince(filter.to)}, 9223372036854775807)`);
  return { conditions, values };
}

/** Every term, its words one behind the other and the last as the beginning of one; nothing is read as an operator. */
function printTerms(text: string): string {
  const terms = text
    .split(/\s+/)
    .map((term) => term.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== ""))
    .filter((words) => words.length > 0)
    .slice(0, termsMax);
  return terms.map((words) => `(${words.map((word) => `'${word}'`).join(" <-> ")}:*)`).join(" & ");
}
