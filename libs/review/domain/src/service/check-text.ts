import { DomainError } from "@runweir/errors";

export const textLimits = { title: 300, body: 65_536, reason: 2_000, name: 200, url: 2_000 } as const;

/** Whole texts that Postgres takes, of at most so many characters. */
export function requireText(
  field: string,
  text: string,
  limits: { readonly max: number; readonly min?: number },
): string {
  const { min = 0, max } = limits;
  const trimmed = text.trim();
  if (text.includes("\0") || !text.isWellFormed())
    throw new DomainError(
      "invalid_argument",
      `${field} holds characters that no text has (NUL or half a pair).`,
      {
        field,
      },
    );
  if (trimmed.length >= min && text.length <= max) return text;
  throw new DomainError(
    "invalid_argument",
    `${field} has ${trimmed.length < min ? trimmed.length : text.length} characters; ${min} to ${max} are allowed.`,
    { field },
  );
}
