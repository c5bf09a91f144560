import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBListType,
  type DuckDBPreparedStatement,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  SQLNULL,
  VARCHAR,
} from "@duckdb/node-api";
import type { SqlParameter, SqlParameters } from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";

/** Binds every parameter of the statement; one too few or too many is refused by name. */
export function bindParameters(statement: DuckDBPreparedStatement, params: SqlParameters): void {
  const given: ReadonlyMap<string, SqlParameter> = new Map(
    Array.isArray(params) ? params.map((value, place) => [`${place + 1}`, value]) : Object.entries(params),
  );
  const wanted = Array.from({ length: statement.parameterCount }, (_, place) =>
    statement.parameterName(place + 1),
  );
  for (const name of given.keys())
    if (!wanted.includes(name))
      refuse(name, `params.${name} is given but not used; the statement has ${listed(wanted)}.`);
  wanted.forEach((name, place) => {
    const value = given.get(name);
    if (value === undefined) refuse(name, `params.${name} is missing; the statement has ${listed(wanted)}.`);
    const type = typeOf(name, value);
    statement.bindValue(place + 1, toDuckDb(value, type), type);
  });
}

/** Whole numbers are bound as such: compared with a fraction, a column of whole numbers would lose its index. */
function typeOf(name: string, value: SqlParameter): DuckDBType {
  if (value === null) return SQLNULL;
  if (typeof value === "boolean") return BOOLEAN;
  if (typeof value === "string") return VARCHAR;
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) return DOUBLE;
    return Math.abs(value) < 2 ** 31 ? INTEGER : BIGINT;
  }
  return LIST(
    value
      .map((item: SqlParameter) => typeOf(name, item))
      .reduce((a: DuckDBType, b: DuckDBType) => wider(name, a, b), SQLNULL),
  );
}

const numberTypes: readonly DuckDBType[] = [INTEGER, BIGINT, DOUBLE];

function wider(name: string, a: DuckDBType, b: DuckDBType): DuckDBType {
  if (a === SQLNULL) return b;
  if (b === SQLNULL || a.toString() === b.toString()) return a;
  if (a instanceof DuckDBListType && b instanceof DuckDBListType)
    return LIST(wider(name, a.valueType, b.valueType));
  const place = Math.max(numberTypes.indexOf(a), numberTypes.indexOf(b));
  if (numberTypes.includes(a) && numberTypes.includes(b)) return numberTypes[place] as DuckDBType;
  return refuse(name, `params.${name} is a list of different kinds of values; one kind is expected.`);
}

function toDuckDb(value: SqlParameter, type: DuckDBType): DuckDBValue {
  if (type === BIGINT && typeof value === "number") return BigInt(value);
  if (!Array.isArray(value)) return value as DuckDBValue;
  const { valueType } = type as ReturnType<typeof LIST>;
  return listValue(value.map((item: SqlParameter) => toDuckDb(item, valueType)));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "no parameters" : names.map((name) => `$${name}`).join(", ");
}

function refuse(name: string, message: string): never {
  throw new DomainError("invalid_argument", message, { field: `params.${name}`, reason: "parameter" });
}
