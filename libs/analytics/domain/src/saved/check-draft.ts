import { DomainError } from "@runweir/errors";
import { parametersMax, statementLengthMax } from "../query-limits.ts";
import type { SqlParameter } from "../sql-query.ts";
import {
  type QueryDraft,
  type QueryParameter,
  type QueryParameterType,
  queryParameterTypes,
} from "./saved-query.ts";

const nameLengthMax = 200;
const descriptionLengthMax = 4_000;

/** Refuses what cannot be kept. The statement may be unfinished: whether it runs is found out by running it. */
export function checkDraft({ name, description, sql, parameters }: QueryDraft): void {
  checkText("name", name, nameLengthMax);
  if (name.trim() !== name || name === "")
    refuse("name", `name is ${JSON.stringify(name)}; it may not be empty, or begin or end with a space.`);
  checkText("description", description, descriptionLengthMax);
  checkText("sql", sql, statementLengthMax);
  if (parameters.length > parametersMax)
    refuse(
      "parameters",
      `parameters has ${parameters.length} entries; at most ${parametersMax} are allowed.`,
    );
  parameters.forEach(checkParameter);
  const names = parameters.map((parameter) => parameter.name);
  const twice = names.find((given, place) => names.indexOf(given) !== place);
  if (twice !== undefined) refuse("parameters", `parameters has two entries of the name '${twice}'.`);
}

function checkParameter({ name, type, default: value }: QueryParameter, place: number): void {
  const field = `parameters.${place}`;
  if (!/^[\p{L}\p{N}_]{1,64}$/u.test(name))
    refuse(`${field}.name`, `${field}.name may have 1 to 64 letters, digits and '_'.`);
  if (!queryParameterTypes.includes(type))
    refuse(`${field}.type`, `${field}.type is '${type}'; allowed: ${queryParameterTypes.join(", ")}.`);
  if (value !== null && !isOfType(value, type))
    refuse(`${field}.default`, `${field}.default is no ${type}; a value of that type or null is expected.`);
  checkText(`${field}.default`, JSON.stringify(value), descriptionLengthMax);
}

function isOfType(value: SqlParameter, type: QueryParameterType): boolean {
  switch (type) {
    case "text":
      return isText(value);
    case "number":
      return isNumber(value);
    case "boolean":
      return typeof value === "boolean";
    case "text_list":
      return Array.isArray(value) && value.every(isText);
    case "number_list":
      return Array.isArray(value) && value.every(isNumber);
  }
}

function isText(value: SqlParameter): boolean {
  return typeof value === "string" && value.isWellFormed() && !value.includes("\0");
}

function isNumber(value: SqlParameter): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function checkText(field: string, text: string, lengthMax: number): void {
  if (text.length > lengthMax)
    refuse(field, `${field} has ${text.length} characters; at most ${lengthMax} are allowed.`);
  if (text.includes("\0") || !text.isWellFormed())
    refuse(field, `${field} contains NUL or is not well-formed Unicode; neither can be stored.`);
}

function refuse(field: string, message: string): never {
  throw new DomainError("invalid_argument", message, { field });
}
