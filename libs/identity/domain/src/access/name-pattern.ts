import { DomainError } from "@runweir/errors";

const patternLengthMax = 500;

/** `*` stands for any text, also none; everything else for itself. Upper and lower case differ, as in names. */
export function matchesPattern(pattern: string, name: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(start)) return false;
  const end = rest.pop() ?? "";
  let from = start.length;
  // The first place is always good enough: what comes later has the more room the earlier a part is found.
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return name.length - end.length >= from && name.endsWith(end);
}

export function checkPattern(field: string, pattern: string): void {
  if (pattern.length > 0 && pattern.length <= patternLengthMax) return;
  throw new DomainError(
    "invalid_argument",
    `${field} has ${pattern.length} characters; a pattern has 1 to ${patternLengthMax}, and * stands for any text.`,
    { field },
  );
}
