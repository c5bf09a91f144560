import { DomainError } from "@runweir/errors";
import type { QueryLimits } from "./sql-query.ts";

const mebibyte = 1_048_576;

/** What a role may take of the machine with one statement. */
export const limitsOfRole = {
  viewer: { rows: 1_000_000, bytes: 256 * mebibyte, seconds: 30 },
  editor: { rows: 5_000_000, bytes: 1_024 * mebibyte, seconds: 120 },
  admin: { rows: 20_000_000, bytes: 4_096 * mebibyte, seconds: 600 },
} as const satisfies Record<string, QueryLimits>;

/** Characters of one statement. Longer ones are made by programs that should bind a list instead. */
export const statementLengthMax = 100_000;
export const parametersMax = 1_000;
/** Values in all lists of all parameters together, and the characters of all their texts. */
export const parameterValuesMax = 100_000;
export const parameterCharactersMax = 4_000_000;

/** The limits of one statement: what was asked for, never more than the caller has. */
export function narrowLimits(own: QueryLimits, asked: Partial<QueryLimits> = {}): QueryLimits {
  const narrow = (name: keyof QueryLimits): number => {
    const value = asked[name];
    if (value === undefined) return own[name];
    if (Number.isInteger(value) && value >= 1 && value <= own[name]) return value;
    throw new DomainError(
      "invalid_argument",
      `limits.${name} is ${value}; whole numbers from 1 to ${own[name]} are allowed.`,
      { field: `limits.${name}` },
    );
  };
  return { rows: narrow("rows"), bytes: narrow("bytes"), seconds: narrow("seconds") };
}
