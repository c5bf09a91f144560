import { DomainError } from "@runweir/errors";

/** Where a secret is kept; without a workspace it is the whole server's. */
export interface SecretPlace {
  readonly workspace?: string | undefined;
  /** `store/minio`: what it is for, and whose. */
  readonly name: string;
}

export interface SecretHead {
  readonly workspace: string | null;
  readonly name: string;
  /** Of the key it is encrypted under. */
  readonly kid: string;
  readonly creationTime: number;
  readonly createdBy: string;
  readonly lastUpdateTime: number;
  readonly lastUpdateBy: string;
}

const lengthMax = 200;

export function checkPlace({ name }: SecretPlace): void {
  if (/^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/.test(name) && name.length <= lengthMax) return;
  throw new DomainError(
    "invalid_argument",
    `name: found ${JSON.stringify(name)}, allowed are small letters, digits, '.', '_' and '-' in parts separated by '/', ${lengthMax} characters in all.`,
    { field: "name" },
  );
}

/** What a text is encrypted for: this place and no other. */
export function contextOf({ workspace, name }: SecretPlace): string {
  return `secret ${JSON.stringify([workspace ?? "", name])}`;
}

/** The same failure, saying which secret it was. */
export function nameSecret({ name }: SecretPlace, error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new DomainError(error.code, error.message.replace(/^The secret /, `The secret '${name}' `), {
    reason: error.reason,
    cause: error,
  });
}
