import { DomainError } from "@runweir/errors";
import { checkPattern } from "../access/name-pattern.ts";

const nameLengthMax = 100;
const descriptionLengthMax = 2_000;
const protectedAliasesMax = 100;
const control = /\p{Cc}/u;

/** Of groups and service accounts. */
export function checkName(field: string, name: string): void {
  if (
    name !== "" &&
    name.trim() === name &&
    name.length <= nameLengthMax &&
    name.isWellFormed() &&
    !control.test(name)
  )
    return;
  refuse(
    field,
    `${field} is ${JSON.stringify(name)}; allowed are 1 to ${nameLengthMax} characters without control characters, and no space at either end.`,
  );
}

export function checkDescription(description: string): void {
  if (description.length > descriptionLengthMax)
    refuse(
      "description",
      `description has ${description.length} characters; at most ${descriptionLengthMax} are allowed.`,
    );
  if (description.includes("\0") || !description.isWellFormed())
    refuse("description", "description contains NUL or is not well-formed Unicode; neither can be stored.");
}

export function checkWorkspaceName(name: string): void {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return;
  refuse(
    "name",
    `name is ${JSON.stringify(name)}; a workspace's name has 1 to 63 lower-case letters, digits and '-', and begins and ends with a letter or a digit.`,
  );
}

export function checkProtectedAliases(patterns: readonly string[]): void {
  if (patterns.length > protectedAliasesMax)
    refuse(
      "protected_aliases",
      `protected_aliases has ${patterns.length} patterns; at most ${protectedAliasesMax} are allowed.`,
    );
  patterns.forEach((pattern, place) => {
    const field = `protected_aliases.${place}`;
    checkGrantPattern(field, pattern);
    if (!pattern.includes("@") && !pattern.includes("*"))
      refuse(
        field,
        `${field} is ${JSON.stringify(pattern)} and matches no alias: they are called model@alias, as in *@champion.`,
      );
  });
}

export function checkGrantPattern(field: string, pattern: string): void {
  checkPattern(field, pattern);
  if (pattern.includes("\0") || !pattern.isWellFormed())
    refuse(field, `${field} contains NUL or is not well-formed Unicode; neither can be stored.`);
}

function refuse(field: string, message: string): never {
  throw new DomainError("invalid_argument", message, { field });
}
