import { DomainError } from "@runweir/errors";
import type { OrderBy } from "../query.ts";
import type { Grammar } from "./grammar.ts";
import { parseField } from "./parse-field.ts";

const termsMax = 50;

/** `metrics.loss DESC`: a field and optionally a direction, ascending unless told. Throws `invalid_argument`. */
export function parseOrderBy(terms: readonly string[], grammar: Grammar): readonly OrderBy[] {
  if (terms.length > termsMax) throw invalid(`order_by: found ${terms.length} terms, at most ${termsMax}.`);
  return terms.map((term) => {
    const { identifier, direction } = splitTerm(term);
    if (identifier === "" || splitTerm(identifier).direction !== undefined)
      throw invalid(`Invalid order_by clause '${term}'. Could not be parsed.`);
    const field = parseField(identifier, grammar);
    if (!grammar.orders.includes(field.entity)) throw invalid(`Invalid order_by entity: ${field.entity}`);
    return { field, ascending: direction !== "desc" };
  });
}

/** Looks at the end of the term alone: a pattern over the whole of it takes minutes where a client sends a long one. */
function splitTerm(term: string): { readonly identifier: string; readonly direction: string | undefined } {
  const text = term.trim();
  const [, direction] = /\s(asc|desc)$/i.exec(text.slice(-5)) ?? [];
  if (direction === undefined) return { identifier: text, direction: undefined };
  return { identifier: text.slice(0, -direction.length).trimEnd(), direction: direction.toLowerCase() };
}

function invalid(message: string): DomainError {
  return new DomainError("invalid_argument", message, { field: "order_by" });
}
