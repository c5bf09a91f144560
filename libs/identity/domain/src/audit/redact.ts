import type { Json } from "./audit-entry.ts";

/** What stands in the place of a secret. */
export const redacted = "[secret]";

/**
 * Members whose values are never kept: names with one of these in them, whatever their case and without `_`, `-` and spaces;
 * and those that end with `token` (so `tokenId` and `tokenName` are kept).
 */
const secretNames =
  /password|passwd|passphrase|secret|credential|privatekey|apikey|accesskey|signingkey|encryptionkey|authorization|cookie|hash|salt|tokens?$|ciphertext|recoverycode|otp$/;

/** Texts that are secrets under whatever name: keys, signed tokens, credentials in headers and addresses. */
const secretTexts: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]*\.[\w-]*(\.[\w-]*){0,2}/g,
  /\b(?:Bearer|Basic)\s+[\w+/=.~-]{8,}/gi,
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:)[^\s/@]+(?=@)/gi,
];

const depthMax = 16;

/** A value as JSON, without secrets, and without what a database refuses (NUL, halves of surrogate pairs). */
export function redact(value: unknown, depth = 0): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return redactText(value);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return null;
  if (depth === depthMax) return "[too deep]";
  if (value instanceof Uint8Array) return "[bytes]";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((member: unknown) => redact(member, depth + 1));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.map(([key, member]) => [
      redactText(key),
      isSecret(key, member) ? redacted : redact(member, depth + 1),
    ]),
  );
}

/** Whether there is one is no secret: null and false say so. */
function isSecret(name: string, value: unknown): boolean {
  return (
    value !== null &&
    typeof value !== "boolean" &&
    secretNames.test(name.toLowerCase().replace(/[_\s-]/g, ""))
  );
}

/** A text without what looks like a secret in it. */
export function redactText(text: string): string {
  return secretTexts.reduce((rest, pattern) => rest.replaceAll(pattern, redacted), storable(text));
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
