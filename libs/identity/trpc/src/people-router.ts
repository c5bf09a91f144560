import { DomainError } from "@runweir/errors";
import {
  type ApiTokens,
  type Links,
  type Sessions,
  type Users,
  workspaceRoles,
} from "@runweir/identity-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { expiryOf, newTokenInput, scopeOf } from "./token-input.ts";

const textInput = z.string().max(1_000);
const userInput = z.object({ userId: textInput });
const ownerInput = z.strictObject({ kind: z.enum(["user", "service-account"]), id: textInput });
const pageInput = {
  search: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
  pageToken: z.string().max(4_000).optional(),
};

/** The people of the server and everybody's tokens, for its administrators. */
export function createPeopleRouter({
  users,
  links,
  tokens,
  sessions,
  clock,
}: {
  readonly users: Users;
  readonly links: Links;
  readonly tokens: ApiTokens;
  readonly sessions: Sessions;
  readonly clock: { now(): number };
}) {
  return router({
    /** In the order of user names. */
    list: procedure("server.manage")
      .input(z.object(pageInput))
      .query(({ input }) => users.list(input)),
    get: procedure("server.manage")
      .input(userInput)
      .query(async ({ input: { userId } }) => {
        const user = await users.byId(userId);
        if (user === undefined) throw new DomainError("not_found", `There is no user '${userId}'.`);
        return user;
      }),
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
    sessions: router({
      list: procedure("server.manage")
        .input(userInput)
        .query(({ ctx: { caller }, input }) => sessions.listOf(caller, input.userId)),
      revokeAll: procedure("server.manage")
        .input(userInput)
        .mutation(({ ctx: { caller }, input }) => sessions.revokeAllOf(caller, input.userId)),
    }),
    tokens: router({
      list: procedure("server.manage")
        .input(z.object({ ...pageInput, owner: ownerInput.optional() }))
        .query(({ ctx: { caller }, input }) => tokens.listAll(caller, input)),
      create: procedure("server.manage")
        .input(newTokenInput.extend({ owner: ownerInput }))
        .mutation(({ ctx: { caller }, input }) =>
          tokens.create(caller, input.owner, {
            name: input.name,
            workspace: input.workspace,
            scope: scopeOf(input),
            expiryTime: expiryOf(input, clock),
          }),
        ),
      revoke: procedure("server.manage")
        .input(z.object({ owner: ownerInput, tokenId: textInput }))
        .mutation(({ ctx: { caller }, input }) => tokens.revoke(caller, input.owner, input.tokenId)),
    }),
  });
}
