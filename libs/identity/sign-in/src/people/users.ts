import { DomainError } from "@runweir/errors";
import {
  checkEmail,
  checkPassword,
  checkPersonName,
  checkUsername,
  requirePermission,
  type Users,
} from "@runweir/identity-domain";
import { isTaken, type Queryable, readPage, StatementValues } from "@runweir/postgres";
import { hashPassword } from "better-auth/crypto";
import type { SignInParts } from "../sign-in-parts.ts";
import { insertUser, putPassword, toUser, type UserRow, userColumns, userTables } from "./user-rows.ts";

/** As the index has it. */
const byUsername = [
  { name: "username", expression: "lower(u.username)", type: "text", ascending: true, nullable: false },
] as const;

export function createUsers({ database, enter, newId, keepAdmins }: SignInParts): Users {
  const byId = async (userId: string) => {
    const [row] = await database.query<UserRow & Record<string, unknown>>(
      `SELECT ${userColumns} FROM ${userTables} WHERE u.id = $1`,
      [userId],
    );
    return row && toUser(row);
  };
  const known = async (userId: string) => {
    const user = await byId(userId);
    if (user === undefined) throw new DomainError("not_found", `There is no user with id ${userId}.`);
    return user;
  };

  return {
    byId,

    async byUsername(username) {
      const [row] = await database.query<UserRow & Record<string, unknown>>(
        `SELECT ${userColumns} FROM ${userTables} WHERE lower(u.username) = lower($1)`,
        [username],
      );
      return row && toUser(row);
    },

    async list({ search, limit, pageToken }) {
      const values = new StatementValues();
      const conditions: string[] = [];
      if (search) {
        const text = values.add(search.toLowerCase());
        const parts = ["lower(u.username)", "lower(u.name)", "u.email"];
        conditions.push(`(${parts.map((part) => `strpos(${part}, ${text}) > 0`).join(" OR ")})`);
      }
      const page = await readPage<UserRow & Record<string, unknown>>(database, {
        columns: userColumns,
        tables: userTables,
        terms: byUsername,
        conditions: conditions.length > 0 ? conditions : ["TRUE"],
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toUser) };
    },

    async create(caller, user) {
      requirePermission(caller, "server.manage");
      const username = checkUsername(user.username);
      const email = user.email ? checkEmail(user.email) : undefined;
      const name = checkPersonName(user.name ?? username);
      if (user.password !== undefined) checkPassword(user.password, [username, email, name]);
      const hash = user.password === undefined ? undefined : await hashPassword(user.password);
      const id = newId();
      const isAdministrator = user.isAdministrator ?? false;
      await database
        .transaction(async (client) => {
          await insertUser(client, {
            id,
            username,
            name,
            email,
            isEmailSure: email !== undefined,
            isAdministrator,
            hash,
          });
          await enter(client, caller, {
            action: "user.create",
            object: { id, name: username },
            after: { username, name, email, isAdministrator },
          });
        })
        .catch((error: unknown) => rethrowTaken(error, username, email));
      return known(id);
    },

    async update(caller, userId, changes) {
      requirePermission(caller, "server.manage");
      const before = await known(userId);
      const name = changes.name === undefined ? before.name : checkPersonName(changes.name);
      const email = changes.email === undefined ? before.email : checkEmail(changes.email);
      const isAdministrator = changes.isAdministrator ?? before.isAdministrator;
      const isDisabled = changes.isDisabled ?? before.isDisabled;
      await database
        .transaction(async (client) => {
          if (!isAdministrator || isDisabled) await keepAnAdministrator(client, userId);
          const change = () =>
            client.query(
              `UPDATE identity."user" SET name = $2, email = $3, is_administrator = $4, is_disabled = $5, updated_at = now(),
                 email_verified = CASE WHEN email IS DISTINCT FROM $3 THEN true ELSE email_verified END
               WHERE id = $1`,
              [userId, name, email ?? null, isAdministrator, isDisabled],
            );
          await (isDisabled ? keepAdmins(client, change) : change());
          if (isDisabled) await client.query("DELETE FROM identity.session WHERE user_id = $1", [userId]);
          const object = { id: userId, name: before.username };
          if (isDisabled !== before.isDisabled)
            await enter(client, caller, { action: isDisabled ? "user.disable" : "user.enable", object });
          if (name !== before.name || email !== before.email || isAdministrator !== before.isAdministrator)
            await enter(client, caller, {
              action: "user.update",
              object,
              before: { name: before.name, email: before.email, isAdministrator: before.isAdministrator },
              after: { name, email, isAdministrator },
            });
        })
        .catch((error: unknown) => rethrowTaken(error, before.username, email));
      return known(userId);
    },

    async setPassword(caller, userId, password) {
      requirePermission(caller, "server.manage");
      const { username, email, name } = await known(userId);
      checkPassword(password, [username, email, name]);
      const hash = await hashPassword(password);
      await database.transaction(async (client) => {
        await putPassword(client, userId, hash);
        await client.query("DELETE FROM identity.session WHERE user_id = $1", [userId]);
        await enter(client, caller, {
          action: "user.password-change",
          object: { id: userId, name: username },
        });
      });
    },

    async delete(caller, userId) {
      requirePermission(caller, "server.manage");
      const { username } = await known(userId);
      await database.transaction(async (client) => {
        await keepAnAdministrator(client, userId);
        await keepAdmins(client, async () => {
          await client.query(`DELETE FROM identity."user" WHERE id = $1`, [userId]);
          for (const table of ["workspace_member", "group_member"])
            await client.query(
              `DELETE FROM identity.${table} WHERE member_kind = 'user' AND member_id = $1`,
              [userId],
            );
        });
        await client.query(
          "DELETE FROM identity.access_grant WHERE holder_kind = 'user' AND holder_id = $1",
          [userId],
        );
        await client.query("DELETE FROM identity.api_token WHERE owner_kind = 'user' AND owner_id = $1", [
          userId,
        ]);
        await enter(client, caller, { action: "user.delete", object: { id: userId, name: username } });
      });
    },
  };
}

/** Fails when this is the only one who could still manage the server. */
async function keepAnAdministrator(client: Queryable, userId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM identity."user" WHERE is_administrator AND NOT is_disabled ORDER BY id FOR UPDATE`,
  );
  if (rows.length === 1 && rows[0]?.id === userId)
    throw new DomainError(
      "failed_precondition",
      "This is the only administrator of the server, and there has to be one. Make somebody else an administrator first.",
      { reason: "last_administrator" },
    );
}

export function rethrowTaken(error: unknown, username: string, email: string | undefined): never {
  if (!isTaken(error)) throw error;
  const isEmail = error instanceof Error && "constraint" in error && error.constraint === "user_email_key";
  throw new DomainError(
    "already_exists",
    isEmail
      ? `There is a user with e-mail address ${email} already.`
      : `User (username=${username}) already exists.`,
    { field: isEmail ? "email" : "username" },
  );
}
