import { DomainError } from "@runweir/errors";
import { checkEmail, type Links, requirePermission } from "@runweir/identity-domain";
import { type SendMail, sendOrSay } from "../mail/send-mail.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { insertLink, type LinkRow, linkColumns } from "./link-rows.ts";

export function createLinks(parts: SignInParts & { readonly sendMail: SendMail | undefined }): Links {
  const { database, clock, enter, sendMail } = parts;
  return {
    async invite(caller, { email: given, isAdministrator = false, workspace, role }) {
      requirePermission(caller, "server.manage");
      const email = given ? checkEmail(given) : undefined;
      if ((workspace === undefined) !== (role === undefined))
        throw new DomainError("invalid_argument", "workspace and role go together: name both, or neither.", {
          field: "role",
        });
      const { path } = await database.transaction(async (client) => {
        if (workspace !== undefined) {
          const { rows } = await client.query(
            "SELECT FROM identity.workspace WHERE name = $1 AND deleted_time IS NULL",
            [workspace],
          );
          if (rows.length === 0)
            throw new DomainError("not_found", `Workspace '${workspace}' not found.`, { field: "workspace" });
        }
        const content = {
          email: email ?? null,
          isAdministrator,
          workspace: workspace ?? null,
          role: role ?? null,
        };
        const link = await insertLink(parts, client, "invitation", {
          ...content,
          createdBy: caller.principal.id,
        });
        await enter(client, caller, {
          action: "invitation.create",
          object: { id: link.linkId, name: email },
          after: content,
        });
        return link;
      });
      return { path, isSent: await sendOrSay(sendMail, email, "invitation", path) };
    },

    async listInvitations(caller) {
      requirePermission(caller, "server.manage");
      const rows = await database.query<LinkRow & Record<string, unknown>>(
        `SELECT ${linkColumns} FROM identity.one_time_link WHERE purpose = 'invitation' AND expiry_time > $1
         ORDER BY creation_time DESC LIMIT 500`,
        [clock.now()],
      );
      return rows.map(({ linkId, email, isAdministrator, workspace, role, creationTime, expiryTime }) => ({
        invitationId: linkId,
        email: email ?? undefined,
        isAdministrator,
        workspace: workspace ?? undefined,
        role: role ?? undefined,
        creationTime,
        expiryTime,
      }));
    },

    async revokeInvitation(caller, invitationId) {
      requirePermission(caller, "server.manage");
      await database.transaction(async (client) => {
        const { rows } = await client.query<{ email: string | null }>(
          "DELETE FROM identity.one_time_link WHERE link_id = $1 AND purpose = 'invitation' RETURNING email",
          [invitationId],
        );
        const [row] = rows;
        if (row === undefined)
          throw new DomainError("not_found", `There is no invitation with id ${invitationId}.`);
        await enter(client, caller, {
          action: "invitation.revoke",
          object: { id: invitationId, name: row.email ?? undefined },
        });
      });
    },

    async issueReset(caller, userId) {
      requirePermission(caller, "server.manage");
      const { path, email } = await database.transaction(async (client) => {
        const { rows } = await client.query<{ username: string; email: string | null }>(
          `SELECT username, email FROM identity."user" WHERE id = $1`,
          [userId],
        );
        const [user] = rows;
        if (user === undefined) throw new DomainError("not_found", `There is no user with id ${userId}.`);
        const link = await insertLink(parts, client, "password-reset", {
          userId,
          createdBy: caller.principal.id,
        });
        await enter(client, caller, {
          action: "user.update",
          object: { id: userId, name: user.username },
          after: { link: "to set a new one was issued" },
        });
        return { ...link, email: user.email ?? undefined };
      });
      return { path, isSent: await sendOrSay(sendMail, email, "password-reset", path) };
    },
  };
}
