import { DomainError } from "@runweir/errors";
import type { WorkspaceRole } from "@runweir/identity-domain";
import type { Queryable } from "@runweir/postgres";
import type { SignInParts } from "../sign-in-parts.ts";
import { hashOf, newSecret } from "../tokens/token-secret.ts";

export type LinkPurpose = "first-administrator" | "invitation" | "password-reset";

const hour = 3_600_000;
/** How long a link works, from the purpose's need: a person at the terminal, a colleague on holiday, a mail just sent. */
const lifetimes: Readonly<Record<LinkPurpose, number>> = {
  "first-administrator": 24 * hour,
  invitation: 7 * 24 * hour,
  "password-reset": 2 * hour,
};

const paths: Readonly<Record<LinkPurpose, string>> = {
  "first-administrator": "/welcome",
  invitation: "/invitation",
  "password-reset": "/reset",
};

export interface LinkRow {
  readonly linkId: string;
  readonly userId: string | null;
  readonly email: string | null;
  readonly isAdministrator: boolean;
  readonly workspace: string | null;
  readonly role: WorkspaceRole | null;
  readonly createdBy: string;
  readonly creationTime: number;
  readonly expiryTime: number;
}

export const linkColumns = `link_id AS "linkId", user_id AS "userId", email, is_administrator AS "isAdministrator", workspace, role,
  created_by AS "createdBy", creation_time AS "creationTime", expiry_time AS "expiryTime"`;

/** Makes a link and forgets those that are over. Resolves with its path, which is nowhere else afterwards. */
export async function insertLink(
  { clock, newId }: Pick<SignInParts, "clock" | "newId">,
  client: Queryable,
  purpose: LinkPurpose,
  content: Partial<Pick<LinkRow, "userId" | "email" | "isAdministrator" | "workspace" | "role">> & {
    readonly createdBy: string;
  },
): Promise<{ readonly path: string; readonly linkId: string }> {
  const secret = newSecret();
  const linkId = newId();
  const now = clock.now();
  await client.query("DELETE FROM identity.one_time_link WHERE expiry_time <= $1", [now]);
  await client.query(
    `INSERT INTO identity.one_time_link
       (link_id, hash, purpose, user_id, email, is_administrator, workspace, role, created_by, creation_time, expiry_time)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      linkId,
      hashOf(secret),
      purpose,
      content.userId ?? null,
      content.email ?? null,
      content.isAdministrator ?? false,
      content.workspace ?? null,
      content.role ?? null,
      content.createdBy,
      now,
      now + lifetimes[purpose],
    ],
  );
  return { path: `${paths[purpose]}/${secret}`, linkId };
}

/** Takes the link away, so that of two who open it at the same time one comes too late. */
export async function takeLink(
  { clock }: Pick<SignInParts, "clock">,
  client: Queryable,
  purpose: LinkPurpose,
  secret: string,
): Promise<LinkRow> {
  const { rows } = await client.query<LinkRow & Record<string, unknown>>(
    `DELETE FROM identity.one_time_link WHERE hash = $1 AND purpose = $2 AND expiry_time > $3 RETURNING ${linkColumns}`,
    [hashOf(secret), purpose, clock.now()],
  );
  const [row] = rows;
  if (row === undefined) throw linkIsOver();
  return row;
}

export function linkIsOver(): DomainError {
  return new DomainError(
    "not_found",
    "This link does not work: it has been used, has expired or was revoked.",
    {
      reason: "link",
    },
  );
}
