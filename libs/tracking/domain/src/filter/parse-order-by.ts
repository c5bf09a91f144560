import { DomainError } from "@runweir/errors";
import type { OrderBy } from "../query.ts";
import type { Grammar } from "./grammar.ts";
import { parseField } from "./parse-field.ts";

const termsMax = 50;

/** `metrics.loss DESC`: a field and optionally a direction, ascending unless told. Throws `invalid_argument`. */
export function parseOrderBy(terms: readonly string[], grammar: Grammar): readonly OrderBy[] {
  if (terms.length > termsMax) throw invalid(`order_by: found ${terms.length} terms, at most ${termsMax}.`);
  return terms.map((term) => {
    const match = /^\s*(.+?)(?:\s+(asc|desc))?\s*$/is.exec(term);
    const identifier = match?.[1];
    if (!identifier || /\s(?:asc|desc)$/i.test(identifier))
      throw invalid(`Invalid order_by clause '${term}'. Could not be parsed.`);
    const field = parseField(identifier, grammar);
    if (field.entity === "dataset") throw invalid("Invalid order_by entity: dataset");
    return { field, ascending: match[2]?.toLowerCase() !== "desc" };
  });
}

function invalid(message: string): DomainError {
  return new DomainError("invalid_argument", message, { field: "order_by" });
}
