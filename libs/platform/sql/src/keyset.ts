import { DomainError } from "@runweir/errors";
import type { PlacedValues } from "./placed-values.ts";

/** One column that a listing is ordered by. Missing values come last whatever the direction, NaN before them. */
export interface OrderTerm {
  /** What is ordered by, for tokens: `metric.loss.last`. */
  readonly name: string;
  readonly expression: string;
  readonly type: "text" | "bigint" | "float8";
  readonly ascending: boolean;
  readonly nullable: boolean;
}

type KeysetValue = string | number | null;

export function printOrder(terms: readonly OrderTerm[]): string {
  return terms
    .flatMap(({ expression, type, ascending, nullable }) => {
      const direction = ascending ? "ASC" : "DESC";
      if (type === "float8")
        return [
          `CASE WHEN ${expression} IS NULL THEN 2 WHEN ${expression} = 'NaN' THEN 1 ELSE 0 END`,
          `${expression} ${direction}`,
        ];
      return [`${expression} ${direction}${nullable ? " NULLS LAST" : ""}`];
    })
    .join(", ");
}

/** The columns to select so that `nextToken` can say where a page ended. */
export function printOrderColumns(terms: readonly OrderTerm[]): string {
  return terms.map(({ expression }, i) => `${expression} AS order_${i}`).join(", ");
}

/** The condition of coming after the row that a token names. The last term is unique. */
export function printAfter(
  terms: readonly OrderTerm[],
  after: readonly KeysetValue[],
  values: PlacedValues,
): string {
  const placeholders = terms.map(({ type }, i) => {
    const value = after[i] ?? null;
    return value === null ? undefined : `${values.add(value)}::${type}`;
  });
  const branches = terms.flatMap((term, i) => {
    const beyond = printBeyond(term, placeholders[i], after[i] === "NaN");
    if (!beyond) return [];
    const equal = terms
      .slice(0, i)
      .map(({ expression }, j) =>
        placeholders[j] ? `${expression} = ${placeholders[j]}` : `${expression} IS NULL`,
      );
    return [`(${[...equal, beyond].join(" AND ")})`];
  });
  return `(${branches.join(" OR ") || "FALSE"})`;
}

function printBeyond(
  term: OrderTerm,
  placeholder: string | undefined,
  afterNaN: boolean,
): string | undefined {
  const { expression, type, ascending, nullable } = term;
  if (!placeholder) return undefined;
  if (type === "float8" && afterNaN) return `${expression} IS NULL`;
  const beyond = `${expression} ${ascending ? ">" : "<"} ${placeholder}`;
  if (type === "float8") return `(${beyond} OR ${expression} = 'NaN' OR ${expression} IS NULL)`;
  return nullable ? `(${beyond} OR ${expression} IS NULL)` : beyond;
}

interface Token {
  /** What the listing was ordered by; a token is of no use to another order. */
  readonly by: string;
  readonly after: readonly KeysetValue[];
}

export function nextToken(terms: readonly OrderTerm[], row: Readonly<Record<string, unknown>>): string {
  const after = terms.map((_, i) => {
    const value = row[`order_${i}`];
    if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
    return typeof value === "string" ? value : null;
  });
  return Buffer.from(JSON.stringify({ by: nameOf(terms), after } satisfies Token)).toString("base64");
}

/** Throws `invalid_argument` for a token that this listing did not give out. */
export function parseToken(terms: readonly OrderTerm[], token: string): readonly KeysetValue[] {
  let parsed: Partial<Token> | null = null;
  try {
    parsed = JSON.parse(Buffer.from(token, "base64").toString("utf8")) as Partial<Token> | null;
  } catch {
    // Refused below.
  }
  const { after } = parsed ?? {};
  if (
    parsed?.by === nameOf(terms) &&
    Array.isArray(after) &&
    after.length === terms.length &&
    after.every((value, i) => isValueOf(terms[i] as OrderTerm, value))
  )
    return after;
  throw new DomainError(
    "invalid_argument",
    `Invalid page token '${token}': this search, in this order, did not give it out.`,
    { field: "page_token" },
  );
}

function isValueOf({ type, nullable }: OrderTerm, value: unknown): value is KeysetValue {
  if (value === null) return nullable;
  if (type === "text") return typeof value === "string";
  if (type === "bigint") return Number.isSafeInteger(value);
  return typeof value === "number" || (typeof value === "string" && /^(NaN|-?Infinity)$/.test(value));
}

function nameOf(terms: readonly OrderTerm[]): string {
  return terms.map(({ name, ascending }) => `${ascending ? "+" : "-"}${name}`).join(",");
}
