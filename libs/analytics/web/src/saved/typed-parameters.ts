import type { QueryParameter, QueryParameterType, SqlParameter } from "@runweir/analytics-domain";
import { readParameter } from "../run/read-parameter.ts";

type Typed = Readonly<Record<string, string>>;

/** What was typed for the parameters of a statement, as a saved query keeps it. */
export function toParameters(names: readonly string[], typed: Typed): readonly QueryParameter[] {
  return names.map((name) => {
    const value = typed[name] === undefined || typed[name] === "" ? null : readParameter(typed[name]);
    return { name, type: typeOf(value), default: value };
  });
}

function typeOf(value: SqlParameter): QueryParameterType {
  if (Array.isArray(value))
    return value.every((one) => typeof one === "number") ? "number_list" : "text_list";
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
}

/** The other way: what stands in the fields when a saved query is opened. */
export function toTyped(parameters: readonly QueryParameter[]): Typed {
  return Object.fromEntries(
    parameters.map(({ name, default: value }) => [name, value === null ? "" : typedOf(value)]),
  );
}

/** The parameters of a statement that ran, as somebody could have typed them. */
export function typedOf(value: SqlParameter): string {
  if (typeof value === "string") return readParameter(value) === value ? value : `'${value}'`;
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
