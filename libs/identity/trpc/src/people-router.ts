import { type Links, type Users, workspaceRoles } from "@runweir/identity-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

const textInput = z.string().max(1_000);
const userInput = z.object({ userId: textInput });

/** The people of the server, for its administrators. */
export function createPeopleRouter({ users, links }: { readonly users: Users; readonly links: Links }) {
  return router({
    /** In the order of user names; `after` is the last one of the page before. */
    list: procedure("server.manage")
      .input(
        z.object({
          search: textInput.optional(),
          after: textInput.optional(),
          limit: z.int().min(1).max(200).default(100),
        }),
      )
      .query(({ input }) => users.list(input)),
    update: procedure("server.manage")
      .input(
        userInput.extend({
          name: textInput.optional(),
          email: textInput.optional(),
          isAdministrator: z.boolean().optional(),
          isDisabled: z.boolean().optional(),
        }),
      )
      .mutation(({ ctx: { caller }, input: { userId, ...changes } }) =>
        users.update(caller, userId, changes),
      ),
    delete: procedure("server.manage")
      .input(userInput)
      .mutation(({ ctx: { caller }, input }) => users.delete(caller, input.userId)),
    issueReset: procedure("server.manage")
      .input(userInput)
      .mutation(({ ctx: { caller }, input }) => links.issueReset(caller, input.userId)),
    invitations: procedure("server.manage").query(({ ctx: { caller } }) => links.listInvitations(caller)),
    invite: procedure("server.manage")
      .input(
        z.object({
          email: textInput.optional(),
          isAdministrator: z.boolean().optional(),
          workspace: textInput.optional(),
          role: z.enum(workspaceRoles).optional(),
        }),
      )
      .mutation(({ ctx: { caller }, input }) => links.invite(caller, input)),
    revokeInvitation: procedure("server.manage")
      .input(z.object({ invitationId: textInput }))
      .mutation(({ ctx: { caller }, input }) => links.revokeInvitation(caller, input.invitationId)),
  });
}
