import { DomainError } from "@runweir/errors";
import type { EngineFormat } from "./query-engine.ts";
import {
  parameterCharactersMax,
  parametersMax,
  parameterValuesMax,
  statementLengthMax,
} from "./query-limits.ts";
import { resultFormats, type SqlParameter, type SqlQuery } from "./sql-query.ts";

/** Refuses what cannot be a query before anything is opened for it. */
export function checkQuery(query: Omit<SqlQuery, "format"> & { readonly format: EngineFormat }): void {
  const { id, sql, params, snapshot, tail, format } = query;
  if (typeof sql !== "string" || sql.trim() === "")
    refuse("sql", "sql is empty; one SELECT statement is expected.");
  if (sql.length > statementLengthMax)
    refuse("sql", `sql has ${sql.length} characters; at most ${statementLengthMax} are allowed.`);
  if (sql.includes("\0")) refuse("sql", "sql contains a NUL character; it may not.");
  if (!sql.isWellFormed()) refuse("sql", "sql is not well-formed Unicode (half of a surrogate pair).");
  if (id !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(id))
    refuse("id", "id may have 1 to 64 letters, digits, '-' and '_'.");
  if (format !== "plan" && !resultFormats.includes(format))
    refuse("format", `format is ${JSON.stringify(format)}; allowed: ${resultFormats.join(", ")}.`);
  if (snapshot !== undefined && !(Number.isSafeInteger(snapshot) && snapshot >= 0))
    refuse("snapshot", `snapshot is ${snapshot}; a whole number from 0 is expected.`);
  if (tail === true && snapshot !== undefined)
    refuse("tail", "tail and snapshot are both given; the tail is what came after the newest snapshot.");
  if (params !== undefined) checkParameters(params);
}

function checkParameters(params: NonNullable<SqlQuery["params"]>): void {
  const named: readonly (readonly [string, SqlParameter])[] = Array.isArray(params)
    ? params.map((value: SqlParameter, place) => [`${place + 1}`, value] as const)
    : Object.entries(params);
  if (named.length > parametersMax)
    refuse("params", `params has ${named.length} entries; at most ${parametersMax} are allowed.`);
  const budget = { values: 0, characters: 0 };
  for (const [name, value] of named) {
    if (!/^[\p{L}\p{N}_]{1,64}$/u.test(name))
      refuse("params", "The name of a parameter may have 1 to 64 letters, digits and '_'.");
    checkValue(`params.${name}`, value, budget, 0);
  }
}

function checkValue(
  field: string,
  value: SqlParameter,
  budget: { values: number; characters: number },
  depth: number,
): void {
  budget.values += 1;
  if (budget.values > parameterValuesMax)
    refuse(field, `params has more than ${parameterValuesMax} values; that is the most allowed.`);
  if (Array.isArray(value)) {
    if (depth === 2) refuse(field, `${field} is nested more than two lists deep.`);
    for (const item of value as readonly SqlParameter[]) checkValue(field, item, budget, depth + 1);
  } else if (typeof value === "string") {
    budget.characters += value.length;
    if (budget.characters > parameterCharactersMax)
      refuse(field, `params has more than ${parameterCharactersMax} characters; that is the most allowed.`);
    if (value.includes("\0") || !value.isWellFormed())
      refuse(field, `${field} contains NUL or is not well-formed Unicode; neither can be compared.`);
  } else if (typeof value === "number") {
    if (!Number.isFinite(value)) refuse(field, `${field} is ${value}; finite numbers are allowed.`);
  } else if (value !== null && typeof value !== "boolean")
    refuse(
      field,
      `${field} is of type ${typeof value}; text, numbers, true, false, null and lists are allowed.`,
    );
}

function refuse(field: string, message: string): never {
  throw new DomainError("invalid_argument", message, { field });
}
