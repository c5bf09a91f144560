import type { User } from "@runweir/identity-domain";
import type { Queryable } from "@runweir/postgres";

export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly isAdministrator: boolean;
  readonly isDisabled: boolean;
  readonly creationTime: number;
  /** Of the password; null without one. */
  readonly hash: string | null;
}

export const userColumns = `u.id, u.username, u.name, u.email, u.is_administrator AS "isAdministrator", u.is_disabled AS "isDisabled",
  (extract(epoch FROM u.created_at) * 1000)::bigint AS "creationTime", a.password AS hash`;

export const userTables = `identity."user" u
  LEFT JOIN identity.account a ON a.user_id = u.id AND a.provider_id = 'credential'`;

export function toUser({ email, hash, ...row }: UserRow): User {
  return { ...row, email: email ?? undefined, hasPassword: hash !== null };
}

/** By user name, or else by e-mail address: a user name that looks like somebody's address is its own first. */
export const bySignInName = `(lower(u.username) = lower($1) OR u.email = lower($1))
  ORDER BY (lower(u.username) = lower($1)) DESC LIMIT 1`;

/** The one way to a new row of a user and of their password. */
export async function insertUser(
  client: Queryable,
  user: {
    readonly id: string;
    readonly username: string;
    readonly name: string;
    readonly email: string | undefined;
    /** Whether an administrator gave it, and not the user. */
    readonly isEmailSure: boolean;
    readonly isAdministrator: boolean;
    readonly hash: string | undefined;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO identity."user" (id, username, name, email, email_verified, is_administrator) VALUES ($1, $2, $3, $4, $5, $6)`,
    [user.id, user.username, user.name, user.email ?? null, user.isEmailSure, user.isAdministrator],
  );
  if (user.hash !== undefined) await putPassword(client, user.id, user.hash);
}

export async function putPassword(client: Queryable, userId: string, hash: string): Promise<void> {
  await client.query(
    `INSERT INTO identity.account (id, account_id, provider_id, user_id, password) VALUES ('password-' || $1, $1, 'credential', $1, $2)
     ON CONFLICT (provider_id, account_id) DO UPDATE SET password = EXCLUDED.password, updated_at = now()`,
    [userId, hash],
  );
}
