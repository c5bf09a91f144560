import { DomainError } from "@runweir/errors";
import { type Caller, requirePermission, type Session, type Sessions } from "@runweir/identity-domain";
import type { SignInParts } from "../sign-in-parts.ts";

interface SessionRow {
  readonly sessionId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly creationTime: number;
  readonly lastUsedTime: number;
  readonly expiryTime: number;
}

const milliseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

export function createSessions({ database, clock, enter }: SignInParts): Sessions {
  async function listOf(userId: string): Promise<readonly Session[]> {
    const rows = await database.query<SessionRow & Record<string, unknown>>(
      `SELECT id AS "sessionId", ip_address AS address, user_agent AS "userAgent",
         ${milliseconds("created_at")} AS "creationTime", ${milliseconds("last_used_at")} AS "lastUsedTime",
         ${milliseconds("expires_at")} AS "expiryTime"
       FROM identity.session WHERE user_id = $1 AND expires_at > to_timestamp($2::bigint / 1000.0)
       ORDER BY last_used_at DESC, id`,
      [userId, clock.now()],
    );
    return rows.map(({ address, userAgent, ...row }) => ({
      ...row,
      address: address || undefined,
      userAgent: userAgent || undefined,
    }));
  }

  async function revokeAllOf(caller: Caller, userId: string): Promise<void> {
    await database.transaction(async (client) => {
      const { rows } = await client.query<{ username: string }>(
        'SELECT username FROM identity."user" WHERE id = $1',
        [userId],
      );
      const [user] = rows;
      if (user === undefined) throw new DomainError("not_found", `There is no user ${userId}.`);
      await client.query("DELETE FROM identity.session WHERE user_id = $1", [userId]);
      await enter(client, caller, {
        action: "session.revoke",
        object: { id: userId, name: user.username },
        after: { all: true },
      });
    });
  }

  return {
    list: async (caller) => listOf(userOf(caller)),

    async revoke(caller, sessionId) {
      const userId = userOf(caller);
      await database.transaction(async (client) => {
        const { rowCount } = await client.query(
          "DELETE FROM identity.session WHERE user_id = $1 AND id = $2",
          [userId, sessionId],
        );
        if (rowCount === 0) throw new DomainError("not_found", `There is no session with id ${sessionId}.`);
        await enter(client, caller, { action: "session.revoke", object: { id: sessionId } });
      });
    },

    revokeAll: async (caller) => revokeAllOf(caller, userOf(caller)),

    async listOf(caller, userId) {
      requireAdministrator(caller);
      return listOf(userId);
    },

    async revokeAllOf(caller, userId) {
      requireAdministrator(caller);
      await revokeAllOf(caller, userId);
    },
  };
}

function requireAdministrator(caller: Caller): void {
  requirePermission(caller, "server.manage");
  refuseTokens(caller);
}

/** A token, which may be good for little, neither sees where its owner is signed in nor ends it. */
function userOf(caller: Caller): string {
  requirePermission(caller, "account");
  refuseTokens(caller);
  if (caller.principal.kind === "user") return caller.principal.id;
  throw forPeopleOnly();
}

function refuseTokens({ origin }: Caller): void {
  if (origin?.tokenId !== undefined) throw forPeopleOnly();
}

function forPeopleOnly(): DomainError {
  return new DomainError(
    "permission_denied",
    "Permission denied: sessions are for people who are signed in, not for tokens.",
  );
}
