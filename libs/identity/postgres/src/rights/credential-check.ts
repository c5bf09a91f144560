import type { Principal } from "@runweir/identity-domain";
import type { Database } from "@runweir/postgres";

/** With what somebody made something that outlives the request: themselves, and the token or session they used. */
export interface Credential {
  readonly kind: Principal["kind"];
  readonly id: string;
  readonly tokenId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** Whether a credential is still good: its user or service account is not disabled, its token or session not revoked or over. */
export function createCredentialCheck(options: {
  readonly database: Pick<Database, "query">;
  /** Whether whoever comes is the local owner. */
  readonly isOpen: boolean;
  readonly now: () => Date;
}): (credential: Credential) => Promise<boolean> {
  const { database, isOpen, now } = options;
  return async ({ kind, id, tokenId, sessionId }) => {
    if (kind !== "user" && kind !== "service-account") return isOpen;
    const [row] = await database.query<{ good: boolean }>(
      `SELECT CASE WHEN $1 = 'user'
           THEN EXISTS (SELECT FROM identity."user" WHERE id = $2 AND NOT is_disabled)
           ELSE EXISTS (SELECT FROM identity.service_account WHERE account_id = $2 AND NOT is_disabled) END
         AND ($3::text IS NULL OR EXISTS (
           SELECT FROM identity.api_token
           WHERE token_id = $3 AND owner_kind = $1 AND owner_id = $2 AND coalesce(expiry_time > $5, true)))
         AND ($4::text IS NULL OR EXISTS (
           SELECT FROM identity.session
           WHERE id = $4 AND $1 = 'user' AND user_id = $2 AND expires_at > to_timestamp($5::bigint / 1000.0)))
         AS good`,
      [kind, id, tokenId ?? null, sessionId ?? null, now().getTime()],
    );
    return row?.good === true;
  };
}
