import { DomainError } from "@runweir/errors";
import {
  type ApiTokens,
  type Caller,
  decide,
  type OwnAccount,
  type Sessions,
  type TokenOwner,
  type Users,
} from "@runweir/identity-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { expiryOf, newTokenInput, scopeOf } from "./token-input.ts";

export interface AccountServices {
  readonly users: Users;
  readonly tokens: ApiTokens;
  readonly sessions: Sessions;
  readonly account: OwnAccount;
}

const textInput = z.string().max(1_000);

/** What people see and change of themselves. */
export function createAccountRouter(
  { users, tokens, sessions, account }: AccountServices,
  clock: { now(): number },
) {
  return router({
    /** For the bar that is on every page: who this is; nobody is an answer, not an error. */
    current: procedure("public").query(({ ctx: { caller } }) => ({
      kind: caller.principal.kind,
      name: caller.principal.name,
      isAdministrator: caller.rights.administrator,
      workspace: caller.workspace,
      /** What pages need not offer otherwise; the services ask again. */
      managesWorkspace: decide(caller, "workspace.manage").allowed,
    })),

    profile: procedure("account").query(async ({ ctx: { caller } }) => {
      const { kind, id, name } = caller.principal;
      const user = kind === "user" ? await users.byId(id) : undefined;
      return {
        kind,
        username: name,
        name: user?.name ?? name,
        email: user?.email ?? null,
        isAdministrator: caller.rights.administrator,
        hasPassword: user?.hasPassword ?? false,
        sessionId: caller.origin?.sessionId ?? null,
      };
    }),

    rename: procedure("account")
      .input(z.object({ name: textInput }))
      .mutation(({ ctx: { caller }, input }) => account.rename(caller, input.name)),

    changePassword: procedure("account")
      .input(z.object({ current: z.string().max(4_000), next: z.string().max(4_000) }))
      .mutation(({ ctx: { caller }, input }) => account.changePassword(caller, input)),

    sessions: router({
      list: procedure("account").query(({ ctx: { caller } }) => sessions.list(caller)),
      revoke: procedure("account")
        .input(z.object({ sessionId: textInput }))
        .mutation(({ ctx: { caller }, input }) => sessions.revoke(caller, input.sessionId)),
      revokeAll: procedure("account").mutation(({ ctx: { caller } }) => sessions.revokeAll(caller)),
    }),

    tokens: router({
      list: procedure("account").query(({ ctx: { caller } }) => tokens.list(caller, ownerOf(caller))),
      create: procedure("account")
        .input(newTokenInput)
        .mutation(({ ctx: { caller }, input }) =>
          tokens.create(caller, ownerOf(caller), {
            name: input.name,
            workspace: input.workspace,
            scope: scopeOf(input),
            expiryTime: expiryOf(input, clock),
          }),
        ),
      revoke: procedure("account")
        .input(z.object({ tokenId: textInput }))
        .mutation(({ ctx: { caller }, input }) => tokens.revoke(caller, ownerOf(caller), input.tokenId)),
    }),
  });
}

function ownerOf({ principal: { kind, id } }: Caller): TokenOwner {
  if (kind === "user" || kind === "service-account") return { kind, id };
  throw new DomainError(
    "failed_precondition",
    "Nobody has to sign in here, so there is nobody whose token it would be.",
    { reason: "not_a_user" },
  );
}
