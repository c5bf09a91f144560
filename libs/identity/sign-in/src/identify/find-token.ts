import type { TokenScope } from "@runweir/identity-domain";
import type { Database } from "@runweir/postgres";
import { hashOf } from "../tokens/token-secret.ts";
import type { Identity } from "./identity.ts";

interface Row {
  readonly tokenId: string;
  readonly kind: Identity["kind"];
  readonly id: string;
  readonly name: string | null;
  readonly isAdministrator: boolean;
  readonly access: TokenScope["access"];
  readonly experimentIds: string[] | null;
  readonly workspace: string | null;
  readonly expiryTime: number | null;
}

/** Whose token this is; undefined for one that is not there or whose owner is disabled. */
export async function findToken(
  database: Pick<Database, "query">,
  secret: string,
): Promise<Identity | undefined> {
  const [row] = await database.query<Row & Record<string, unknown>>(
    `SELECT t.token_id AS "tokenId", t.owner_kind AS kind, t.owner_id AS id, coalesce(u.username, s.name) AS name,
       coalesce(u.is_administrator, false) AS "isAdministrator", t.access, t.experiment_ids AS "experimentIds",
       t.workspace, t.expiry_time AS "expiryTime"
     FROM identity.api_token t
     LEFT JOIN identity."user" u ON t.owner_kind = 'user' AND u.id = t.owner_id
     LEFT JOIN identity.service_account s ON t.owner_kind = 'service-account' AND s.account_id = t.owner_id
     WHERE t.hash = $1 AND NOT coalesce(u.is_disabled, s.is_disabled, true)`,
    [hashOf(secret)],
  );
  if (row === undefined || row.name === null) return undefined;
  const { access, experimentIds, workspace } = row;
  return {
    kind: row.kind,
    id: row.id,
    name: row.name,
    isAdministrator: row.isAdministrator,
    scope: { access, ...(experimentIds ? { experimentIds } : {}), ...(workspace ? { workspace } : {}) },
    tokenId: row.tokenId,
    expiryTime: row.expiryTime ?? undefined,
  };
}
