import { DomainError } from "@runweir/errors";

const usernameMax = 200;
const nameMax = 200;
const emailMax = 254;
const passwordMin = 12;
const passwordMax = 128;

/** A colon would end the name in credentials that clients send; white space and control characters deceive the eye. */
export function checkUsername(username: string): string {
  if (username.length > 0 && username.length <= usernameMax && !/[\s:\p{C}]/u.test(username)) return username;
  throw new DomainError(
    "invalid_argument",
    `username is ${shown(username)}; it has 1 to ${usernameMax} characters, and no spaces, colons or control characters.`,
    { field: "username" },
  );
}

export function checkPersonName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length > 0 && trimmed.length <= nameMax && !/\p{Cc}/u.test(trimmed)) return trimmed;
  throw new DomainError(
    "invalid_argument",
    `name has ${trimmed.length} characters; it has 1 to ${nameMax}, and no control characters.`,
    { field: "name" },
  );
}

/** In lower case, as addresses are kept. */
export function checkEmail(email: string): string {
  const address = email.trim().toLowerCase();
  if (address.length <= emailMax && /^[^\s@<>,;:"\p{C}]+@[^\s@<>,;:"\p{C}]+$/u.test(address)) return address;
  throw new DomainError(
    "invalid_argument",
    `email is ${shown(email)}; an address like ann@example.org is needed.`,
    {
      field: "email",
    },
  );
}

/** Those that are tried first, and defaults of other products. */
const known = new Set([
  "password1234",
  "123456789012",
  "1234567890123",
  "qwertyuiop12",
  "qwertyuiop123",
  "administrator",
]);

/**
 * Length is what makes a password good; rules about kinds of characters do not. The words of a refused one are not repeated.
 */
export function checkPassword(password: string, names: readonly (string | undefined)[] = []): void {
  const refuse = (why: string) =>
    new DomainError(
      "invalid_argument",
      `password ${why}. Take at least ${passwordMin} characters that nobody guesses.`,
      {
        field: "password",
      },
    );
  if (password.length < passwordMin) throw refuse(`has ${password.length} characters`);
  if (password.length > passwordMax)
    throw new DomainError(
      "invalid_argument",
      `password has ${password.length} characters; at most ${passwordMax} are allowed.`,
      { field: "password" },
    );
  const lower = password.toLowerCase();
  if (new Set(lower).size < 4) throw refuse("repeats few characters");
  if (known.has(lower)) throw refuse("is one that is tried first");
  if (
    names.some(
      (name) => name !== undefined && name.length > 0 && stripped(lower, name.toLowerCase()).length < 6,
    )
  )
    throw refuse("is little more than the name");
}

function stripped(text: string, name: string): string {
  return text.replaceAll(name, "");
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
