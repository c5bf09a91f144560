import { DomainError } from "@runweir/errors";
import type { ApiTokens, Caller, OwnAccount, Sessions, TokenOwner, Users } from "@runweir/identity-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

export interface AccountServices {
  readonly users: Users;
  readonly tokens: ApiTokens;
  readonly sessions: Sessions;
  readonly account: OwnAccount;
}

const textInput = z.string().max(1_000);
const day = 86_400_000;
const daysMax = 3_650;

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
        .input(
          z.object({
            name: textInput,
            access: z.enum(["all", "read", "ingest"]),
            experimentIds: z.array(textInput).max(100).optional(),
            workspace: textInput.optional(),
            days: z.int().min(1).max(daysMax).optional(),
          }),
        )
        .mutation(({ ctx: { caller }, input: { name, access, experimentIds, workspace, days } }) =>
          tokens.create(caller, ownerOf(caller), {
            name,
            scope: { access, ...(experimentIds ? { experimentIds } : {}) },
            workspace,
            expiryTime: days === undefined ? undefined : clock.now() + days * day,
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
