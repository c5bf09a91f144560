import { DomainError } from "@runweir/errors";
import {
  anonymous,
  type Caller,
  checkEmail,
  checkPassword,
  checkPersonName,
  checkUsername,
  type Origin,
} from "@runweir/identity-domain";
import type { Queryable } from "@runweir/postgres";
import { hashPassword } from "better-auth/crypto";
import type { UserRow } from "../people/user-rows.ts";
import { insertUser, putPassword, userColumns, userTables } from "../people/user-rows.ts";
import { rethrowTaken } from "../people/users.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { hashOf } from "../tokens/token-secret.ts";
import {
  insertLink,
  type LinkPurpose,
  type LinkRow,
  linkColumns,
  linkIsOver,
  takeLink,
} from "./link-rows.ts";

/** What people fill in who come by an invitation, or as the first. */
export interface Newcomer {
  readonly username: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly password: string;
}

export interface Asking {
  readonly requestId: string;
  readonly origin: Origin;
}

/** What whoever holds a link can do with it. All resolve with the id of the user, who is signed in then. */
export interface UsedLinks {
  /** The path of a new link, as long as nobody can manage the server; undefined when somebody can. */
  issueFirstAdministrator(): Promise<string | undefined>;
  /** What the page shows before anything is filled in. */
  look(
    purpose: LinkPurpose,
    secret: string,
  ): Promise<{ readonly email?: string | undefined; readonly username?: string | undefined }>;
  becomeFirstAdministrator(asking: Asking, secret: string, newcomer: Newcomer): Promise<string>;
  acceptInvitation(asking: Asking, secret: string, newcomer: Newcomer): Promise<string>;
  /** Ends every session of the user. */
  resetPassword(asking: Asking, secret: string, password: string): Promise<string>;
}

export function createUsedLinks(parts: SignInParts): UsedLinks {
  const { database, clock, newId, enter, inherit } = parts;

  async function addUser(
    client: Queryable,
    newcomer: Newcomer,
    given: { readonly email: string | undefined; readonly isAdministrator: boolean },
    hash: string,
  ) {
    const username = checkUsername(newcomer.username.trim());
    const email = given.email ?? (newcomer.email ? checkEmail(newcomer.email) : undefined);
    const name = checkPersonName(newcomer.name?.trim() ? newcomer.name : username);
    const id = newId();
    const { isAdministrator } = given;
    await insertUser(client, {
      id,
      username,
      name,
      email,
      isEmailSure: given.email !== undefined,
      isAdministrator,
      hash,
    }).catch((error: unknown) => rethrowTaken(error, username, email));
    return { id, username, name, email };
  }

  return {
    issueFirstAdministrator: () =>
      database.transaction(async (client) =>
        (await hasAdministrator(client))
          ? undefined
          : (
              await insertLink(parts, client, "first-administrator", {
                createdBy: "start",
                isAdministrator: true,
              })
            ).path,
      ),

    async look(purpose, secret) {
      const [row] = await database.query<LinkRow & Record<string, unknown>>(
        `SELECT ${linkColumns} FROM identity.one_time_link WHERE hash = $1 AND purpose = $2 AND expiry_time > $3`,
        [hashOf(secret), purpose, clock.now()],
      );
      if (row === undefined) throw linkIsOver();
      if (row.userId === null) return { email: row.email ?? undefined };
      const [user] = await database.query<UserRow & Record<string, unknown>>(
        `SELECT ${userColumns} FROM ${userTables} WHERE u.id = $1`,
        [row.userId],
      );
      return { email: user?.email ?? undefined, username: user?.username };
    },

    async becomeFirstAdministrator(asking, secret, newcomer) {
      checkPassword(newcomer.password, [newcomer.username, newcomer.email, newcomer.name]);
      const hash = await hashPassword(newcomer.password);
      return database.transaction(async (client) => {
        // Of two links (each process prints its own) only one may be used.
        await client.query(`LOCK TABLE identity."user" IN SHARE ROW EXCLUSIVE MODE`);
        await takeLink(parts, client, "first-administrator", secret);
        if (await hasAdministrator(client))
          throw new DomainError(
            "failed_precondition",
            "The server has an administrator already: ask them for an invitation.",
            {
              reason: "link",
            },
          );
        await client.query("DELETE FROM identity.one_time_link WHERE purpose = 'first-administrator'");
        const user = await addUser(client, newcomer, { email: undefined, isAdministrator: true }, hash);
        const { id, ...after } = user;
        const inherits = await inherit(client, user);
        await enter(client, byThemselves(asking, user), {
          action: "user.create",
          object: { id, name: user.username },
          after: { ...after, isAdministrator: true, by: "first-administrator link", inherits },
        });
        return id;
      });
    },

    async acceptInvitation(asking, secret, newcomer) {
      checkPassword(newcomer.password, [newcomer.username, newcomer.email, newcomer.name]);
      const hash = await hashPassword(newcomer.password);
      return database.transaction(async (client) => {
        const link = await takeLink(parts, client, "invitation", secret);
        const given = { email: link.email ?? undefined, isAdministrator: link.isAdministrator };
        const user = await addUser(client, newcomer, given, hash);
        if (link.workspace !== null && link.role !== null)
          await client.query(
            `INSERT INTO identity.workspace_member (workspace, member_kind, member_id, role, creation_time)
             SELECT name, 'user', $2, $3, $4 FROM identity.workspace WHERE name = $1 AND deleted_time IS NULL`,
            [link.workspace, user.id, link.role, clock.now()],
          );
        await enter(client, byThemselves(asking, user), {
          action: "invitation.accept",
          object: { id: link.linkId, name: user.username },
          after: {
            ...user,
            isAdministrator: link.isAdministrator,
            workspace: link.workspace,
            role: link.role,
          },
        });
        return user.id;
      });
    },

    async resetPassword(asking, secret, password) {
      const { email, username } = await this.look("password-reset", secret);
      checkPassword(password, [email, username]);
      const hash = await hashPassword(password);
      return database.transaction(async (client) => {
        const { userId } = await takeLink(parts, client, "password-reset", secret);
        if (userId === null) throw linkIsOver();
        const { rows } = await client.query<{ username: string; isDisabled: boolean }>(
          `SELECT username, is_disabled AS "isDisabled" FROM identity."user" WHERE id = $1 FOR UPDATE`,
          [userId],
        );
        const [user] = rows;
        if (user === undefined || user.isDisabled) throw linkIsOver();
        await putPassword(client, userId, hash);
        await client.query("DELETE FROM identity.session WHERE user_id = $1", [userId]);
        await client.query("DELETE FROM identity.one_time_link WHERE user_id = $1", [userId]);
        await enter(client, byThemselves(asking, { id: userId, username: user.username }), {
          action: "user.password-reset",
          object: { id: userId, name: user.username },
        });
        return userId;
      });
    },
  };
}

async function hasAdministrator(client: Queryable): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT FROM identity."user" WHERE is_administrator AND NOT is_disabled LIMIT 1`,
  );
  return rows.length > 0;
}

/** Who did it, for the audit log: the person that the link made, or whose it is. */
export function byThemselves(
  { requestId, origin }: Asking,
  user: { readonly id: string; readonly username: string },
): Caller {
  return {
    ...anonymous(requestId),
    principal: { kind: "user", id: user.id, name: user.username },
    origin,
  };
}
