import { DomainError } from "@runweir/errors";

/** MLflow's words for a value it will not take, the value as JSON. */
export function invalidValue(path: string, value: unknown, reason?: string): DomainError {
  const found = JSON.stringify(value);
  return new DomainError(
    "invalid_argument",
    `Invalid value ${found} for parameter '${path}' supplied${reason === undefined ? "." : `: ${reason}`}`,
    { field: path },
  );
}

/** Length in characters as Python counts them (code points), without counting what is surely short enough. */
export function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let characters = 0;
  for (const _ of text) {
    characters += 1;
    if (characters > limit) return true;
  }
  return false;
}

/** The text, if Postgres can hold it and it is not too long. */
export function requireText(path: string, text: string, limit: number): string {
  if (isLongerThan(text, limit))
    throw new DomainError("invalid_argument", `'${path}' exceeds the maximum length of ${limit} characters`, {
      field: path,
    });
  return requireStorable(path, text);
}

/** The text, cut to the limit: what MLflow does with the values of params and tags. */
export function truncateText(path: string, text: string, limit: number): string {
  requireStorable(path, text);
  if (!isLongerThan(text, limit)) return text;
  return Array.from(text).slice(0, limit).join("");
}

function requireStorable(path: string, text: string): string {
  if (text.includes("\0"))
    throw invalidValue(path, text, "Text must not contain the character NUL (U+0000).");
  return text;
}
