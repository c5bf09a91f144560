import { byThemselves } from "../links/use-links.ts";
import { type UserRow, userColumns, userTables } from "../people/user-rows.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { askingOf } from "./sign-in-endpoints.ts";

/** Enters into the audit log who came in by an identity provider, and whether that made them a user. */
export function createProviderRecord({ database, audit }: SignInParts) {
  return async (
    what: "created" | "signed in",
    userId: string,
    headers: Headers | undefined,
  ): Promise<void> => {
    const [user] = await database.query<UserRow & Record<string, unknown>>(
      `SELECT ${userColumns} FROM ${userTables} WHERE u.id = $1`,
      [userId],
    );
    if (user === undefined) return;
    const { id, username, name, email } = user;
    await audit.append(byThemselves(askingOf({ headers }), user), {
      action: what === "created" ? "user.create" : "sign-in.succeeded",
      object: { id, name: username },
      after: { by: "identity provider", ...(what === "created" ? { username, name, email } : {}) },
    });
  };
}
