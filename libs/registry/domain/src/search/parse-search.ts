import { DomainError } from "@runweir/errors";
import {
  type Expression,
  type Grammar,
  type OrderBy,
  parseFilter,
  parseOrderBy,
} from "@runweir/tracking-domain";
import { promptTag } from "../prompt.ts";
import type { RegistrySearch } from "../registry.ts";
import type { RegistryQuery } from "../registry-store.ts";
import { modelGrammar } from "./registry-grammar.ts";

const noPrompts: Expression = {
  kind: "comparison",
  field: { entity: "tag", key: promptTag },
  operator: "!=",
  value: "true",
};

/** A search as the store takes it; prompts are left out unless the filter asks about them. */
export function parseSearch(
  search: RegistrySearch,
  grammars: { readonly filter: Grammar; readonly order: Grammar },
  most: number,
): RegistryQuery {
  return {
    where: parseWithoutPrompts(search.filter, grammars.filter),
    orderBy: requireFieldsOnce(search.orderBy ?? [], grammars.order),
    limit: requireLimit(search.maxResults, most),
    pageToken: search.pageToken || undefined,
    visible: search.visible,
  };
}

/** Which models, prompts among them only when the filter asks about them. */
export function parseModelFilter(filter: string | undefined): Expression {
  return parseWithoutPrompts(filter, modelGrammar);
}

function parseWithoutPrompts(filter: string | undefined, grammar: Grammar): Expression {
  const where = parseFilter(filter, grammar);
  if (where && namesPrompts(where)) return where;
  return { kind: "and", operands: [...(where ? [where] : []), noPrompts] };
}

function namesPrompts(where: Expression): boolean {
  switch (where.kind) {
    case "and":
    case "or":
      return where.operands.some(namesPrompts);
    case "not":
      return namesPrompts(where.operand);
    case "comparison":
      return where.field.entity === "tag" && where.field.key === promptTag;
  }
}

function requireFieldsOnce(terms: readonly string[], grammar: Grammar): readonly OrderBy[] {
  const orderBy = parseOrderBy(terms, grammar);
  const keys = orderBy.map(({ field }) => field.key);
  if (new Set(keys).size === keys.length) return orderBy;
  throw invalid("order_by", `\`order_by\` contains duplicate fields: ${JSON.stringify(terms)}`);
}

export function requireLimit(maxResults: number, most: number): number {
  if (!Number.isInteger(maxResults) || maxResults < 1)
    throw invalid(
      "max_results",
      `Invalid value for max_results. It must be a positive integer, but got ${maxResults}`,
    );
  if (maxResults > most)
    throw invalid(
      "max_results",
      `Invalid value for request parameter max_results. It must be at most ${most}, but got value ${maxResults}`,
    );
  return maxResults;
}

function invalid(field: string, message: string): DomainError {
  return new DomainError("invalid_argument", message, { field });
}
