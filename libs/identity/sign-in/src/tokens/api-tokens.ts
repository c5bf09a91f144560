import { DomainError } from "@runweir/errors";
import {
  type ApiToken,
  type ApiTokens,
  type Caller,
  type NewToken,
  requirePermission,
  type TokenOwner,
} from "@runweir/identity-domain";
import { readPage, StatementValues } from "@runweir/postgres";
import type { SignInParts } from "../sign-in-parts.ts";
import { hashOf, newSecret, tokenPrefix } from "./token-secret.ts";

const nameMax = 100;
const tokensMax = 500;
const experimentsMax = 100;

const tokenColumns = `t.token_id AS "tokenId", t.name, t.access, t.experiment_ids AS "experimentIds", t.workspace,
  t.creation_time AS "creationTime", t.expiry_time AS "expiryTime", t.last_used_time AS "lastUsedTime"`;
const ownerName = "coalesce(u.username, s.name, t.owner_id)";
const ownedTables = `identity.api_token t
  LEFT JOIN identity."user" u ON t.owner_kind = 'user' AND u.id = t.owner_id
  LEFT JOIN identity.service_account s ON t.owner_kind = 'service-account' AND s.account_id = t.owner_id`;
const newestFirst = [
  { name: "creation_time", expression: "t.creation_time", type: "bigint", ascending: false, nullable: false },
  { name: "token_id", expression: "t.token_id", type: "text", ascending: false, nullable: false },
] as const;

interface TokenRow {
  readonly tokenId: string;
  readonly name: string;
  readonly access: ApiToken["scope"]["access"];
  readonly experimentIds: string[] | null;
  readonly workspace: string | null;
  readonly creationTime: number;
  readonly expiryTime: number | null;
  readonly lastUsedTime: number | null;
}

interface OwnedRow extends TokenRow {
  readonly ownerKind: TokenOwner["kind"];
  readonly ownerId: string;
  readonly ownerName: string;
}

export function createApiTokens({
  database,
  clock,
  newId,
  enter,
}: Pick<SignInParts, "database" | "clock" | "newId" | "enter">): ApiTokens {
  return {
    async create(caller, owner, token) {
      requireOwner(caller, owner);
      const name = checkToken(token, clock.now());
      const secret = `${tokenPrefix}${newSecret()}`;
      const tokenId = newId();
      const { access, experimentIds } = token.scope;
      const creationTime = clock.now();
      await database.transaction(async (client) => {
        const { rows } = await client.query<{ owners: number; tokens: number }>(
          `SELECT (SELECT count(*) FROM identity."user" WHERE $1 = 'user' AND id = $2)
             + (SELECT count(*) FROM identity.service_account WHERE $1 = 'service-account' AND account_id = $2) AS owners,
             (SELECT count(*) FROM identity.api_token WHERE owner_kind = $1 AND owner_id = $2) AS tokens`,
          [owner.kind, owner.id],
        );
        if (rows[0]?.owners === 0)
          throw new DomainError("not_found", `There is no ${owner.kind} ${owner.id}.`);
        if ((rows[0]?.tokens ?? 0) >= tokensMax)
          throw new DomainError("resource_exhausted", `There are ${tokensMax} tokens; revoke some first.`);
        await client.query(
          `INSERT INTO identity.api_token (token_id, hash, owner_kind, owner_id, name, access, experiment_ids, workspace,
             created_by, creation_time, expiry_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
          [
            tokenId,
            hashOf(secret),
            owner.kind,
            owner.id,
            name,
            access,
            experimentIds ?? null,
            token.workspace ?? null,
            caller.principal.id,
            creationTime,
            token.expiryTime ?? null,
          ],
        );
        await enter(client, caller, {
          action: "token.create",
          object: { id: tokenId, name },
          after: { owner, access, experimentIds, workspace: token.workspace, expiryTime: token.expiryTime },
        });
      });
      const { scope, workspace, expiryTime } = token;
      return {
        token: { tokenId, name, scope, workspace, creationTime, expiryTime, lastUsedTime: undefined },
        secret,
      };
    },

    async list(caller, owner) {
      requireOwner(caller, owner);
      const rows = await database.query<TokenRow & Record<string, unknown>>(
        `SELECT ${tokenColumns} FROM identity.api_token t
         WHERE t.owner_kind = $1 AND t.owner_id = $2 ORDER BY t.creation_time DESC, t.token_id`,
        [owner.kind, owner.id],
      );
      return rows.map(toToken);
    },

    async listAll(caller, { owner, search, limit, pageToken }) {
      requireUnscoped(caller);
      requirePermission(caller, "server.manage");
      const values = new StatementValues();
      const conditions = ["TRUE"];
      if (owner !== undefined)
        conditions.push(`t.owner_kind = ${values.add(owner.kind)} AND t.owner_id = ${values.add(owner.id)}`);
      if (search) {
        const text = values.add(search.toLowerCase());
        conditions.push(`(strpos(lower(t.name), ${text}) > 0 OR strpos(lower(${ownerName}), ${text}) > 0)`);
      }
      const page = await readPage<OwnedRow>(database, {
        columns: `${tokenColumns}, t.owner_kind AS "ownerKind", t.owner_id AS "ownerId", ${ownerName} AS "ownerName"`,
        tables: ownedTables,
        conditions,
        terms: newestFirst,
        values,
        limit,
        pageToken,
      });
      return {
        ...page,
        items: page.items.map(({ ownerKind: kind, ownerId: id, ownerName: name, ...row }) => ({
          ...toToken(row),
          owner: { kind, id, name },
        })),
      };
    },

    async revoke(caller, owner, tokenId) {
      requireOwner(caller, owner);
      await database.transaction(async (client) => {
        const { rows } = await client.query<{ name: string }>(
          `DELETE FROM identity.api_token WHERE owner_kind = $1 AND owner_id = $2 AND token_id = $3 RETURNING name`,
          [owner.kind, owner.id, tokenId],
        );
        const [row] = rows;
        if (row === undefined) throw new DomainError("not_found", `There is no token with id ${tokenId}.`);
        await enter(client, caller, { action: "token.revoke", object: { id: tokenId, name: row.name } });
      });
    },
  };
}

/**
 * Oneself, or an administrator. A token that is narrower than everything makes no others, whoever has it: else it would be
 * as good as everything.
 */
function requireOwner(caller: Caller, owner: TokenOwner): void {
  requireUnscoped(caller);
  const { principal } = caller;
  const isOwn = principal.kind === owner.kind && principal.id === owner.id;
  requirePermission(caller, isOwn ? "account" : "server.manage");
}

function requireUnscoped({ rights: { scope = { access: "all" } } }: Caller): void {
  const { access, experimentIds, workspace } = scope;
  if (access !== "all" || experimentIds !== undefined || workspace !== undefined)
    throw new DomainError("permission_denied", "Permission denied: this token does not manage tokens.");
}

function checkToken(token: NewToken, now: number): string {
  const name = token.name.trim();
  if (name.length === 0 || name.length > nameMax)
    throw new DomainError("invalid_argument", `name has ${name.length} characters; it has 1 to ${nameMax}.`, {
      field: "name",
    });
  if (token.expiryTime !== undefined && token.expiryTime <= now)
    throw new DomainError(
      "invalid_argument",
      "expiryTime lies in the past; a token has to be good for a while.",
      {
        field: "expiryTime",
      },
    );
  const count = token.scope.experimentIds?.length;
  if (count !== undefined && (count === 0 || count > experimentsMax))
    throw new DomainError(
      "invalid_argument",
      `experimentIds names ${count} experiments; 1 to ${experimentsMax} are allowed, or none to leave it out.`,
      { field: "experimentIds" },
    );
  return name;
}

function toToken({ access, experimentIds, ...row }: TokenRow): ApiToken {
  return {
    tokenId: row.tokenId,
    name: row.name,
    scope: { access, ...(experimentIds ? { experimentIds } : {}) },
    workspace: row.workspace ?? undefined,
    creationTime: row.creationTime,
    expiryTime: row.expiryTime ?? undefined,
    lastUsedTime: row.lastUsedTime ?? undefined,
  };
}
