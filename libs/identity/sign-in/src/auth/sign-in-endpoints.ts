import { DomainError } from "@runweir/errors";
import { anonymous, type Origin } from "@runweir/identity-domain";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import type { Attempts } from "../attempts/attempts.ts";
import type { PasswordCheck } from "../identify/password-check.ts";
import { insertLink, type LinkPurpose } from "../links/link-rows.ts";
import { type Asking, byThemselves, type UsedLinks } from "../links/use-links.ts";
import { type SendMail, sendOrSay } from "../mail/send-mail.ts";
import { bySignInName, type UserRow, userColumns, userTables } from "../people/user-rows.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { inItsErrors } from "./auth-errors.ts";

/** Set by the door, which takes what clients send under these names away. */
export const addressHeader = "x-runweir-address";
export const requestHeader = "x-request-id";

const text = (max: number) => z.string().max(max);
const secretInput = z.object({ token: text(200) });
const newcomerInput = secretInput.extend({
  username: text(1_000),
  name: text(1_000).optional(),
  email: text(1_000).optional(),
  password: text(4_000),
});

type Context = Parameters<typeof setSessionCookie>[0];

/** Our own ways in, beside those of the library: it keeps the sessions and cookies, the rules are ours. */
export function signInEndpoints(
  parts: SignInParts & {
    readonly checkPassword: PasswordCheck;
    readonly links: UsedLinks;
    readonly resets: Attempts;
    readonly sendMail: SendMail | undefined;
    readonly providers: readonly { readonly id: string; readonly name: string }[];
  },
) {
  const { database, audit, checkPassword, links, sendMail } = parts;

  async function openSession(ctx: Context, userId: string): Promise<void> {
    const { internalAdapter } = ctx.context;
    const session = await internalAdapter.createSession(userId);
    const user = await internalAdapter.findUserById(userId);
    if (!user) throw new DomainError("unauthenticated", wrong);
    await setSessionCookie(ctx, { session, user });
  }

  const post = <Shape extends z.ZodType>(
    path: string,
    body: Shape,
    work: (ctx: Context, input: z.output<Shape>) => Promise<object>,
  ) =>
    createAuthEndpoint(path, { method: "POST", body }, (ctx) =>
      inItsErrors(async () => ctx.json(await work(ctx as Context, ctx.body as z.output<Shape>))),
    );

  return {
    id: "runweir",
    endpoints: {
      /** What the sign-in page offers. */
      signInChoices: createAuthEndpoint("/choices", { method: "GET" }, async (ctx) =>
        ctx.json({ providers: parts.providers, sendsMail: sendMail !== undefined }),
      ),

      signInByName: post(
        "/sign-in",
        z.object({ name: text(1_000), password: text(4_000) }),
        async (ctx, { name, password }) => {
          const asking = askingOf(ctx);
          const nobody = { ...anonymous(asking.requestId), origin: asking.origin };
          const user = await checkPassword(name.trim(), password, asking.origin.address);
          if (user === undefined) {
            await audit.append(nobody, {
              action: "sign-in.failed",
              object: { id: name.trim().slice(0, 200) },
            });
            throw new DomainError("unauthenticated", wrong);
          }
          await openSession(ctx, user.id);
          await audit.append(byThemselves(asking, user), {
            action: "sign-in.succeeded",
            object: { id: user.id, name: user.username },
            after: { by: "password" },
          });
          return {};
        },
      ),

      lookAtLink: post(
        "/link",
        secretInput.extend({ purpose: z.enum(["first-administrator", "invitation", "password-reset"]) }),
        (_ctx, { purpose, token }) => links.look(purpose satisfies LinkPurpose, token),
      ),

      becomeFirstAdministrator: post("/welcome", newcomerInput, async (ctx, { token, ...newcomer }) => {
        await openSession(ctx, await links.becomeFirstAdministrator(askingOf(ctx), token, newcomer));
        return {};
      }),

      acceptInvitation: post("/invitation", newcomerInput, async (ctx, { token, ...newcomer }) => {
        await openSession(ctx, await links.acceptInvitation(askingOf(ctx), token, newcomer));
        return {};
      }),

      resetPassword: post(
        "/reset",
        secretInput.extend({ password: text(4_000) }),
        async (ctx, { token, password }) => {
          await openSession(ctx, await links.resetPassword(askingOf(ctx), token, password));
          return {};
        },
      ),

      /** The same answer whoever is named: it tells nobody who is here. */
      requestReset: post("/request-reset", z.object({ name: text(1_000) }), async (ctx, { name }) => {
        if (sendMail === undefined)
          throw new DomainError(
            "failed_precondition",
            "This server sends no e-mail: ask an administrator for a link to set a new password.",
          );
        await parts.resets.take(name.trim(), askingOf(ctx).origin.address);
        const [user] = await database.query<UserRow & Record<string, unknown>>(
          `SELECT ${userColumns} FROM ${userTables} WHERE ${bySignInName}`,
          [name.trim()],
        );
        if (user === undefined || user.email === null || user.isDisabled) return {};
        const { email, id } = user;
        const { path } = await database.transaction((client) =>
          insertLink(parts, client, "password-reset", { userId: id, createdBy: id }),
        );
        // Not waited for: how long it takes would tell that there is somebody.
        void sendOrSay(sendMail, email, "password-reset", path);
        return {};
      }),
    },
  } satisfies BetterAuthPlugin;
}

const wrong = "The user name or the password is wrong.";

export function askingOf(ctx: { readonly headers?: Headers | undefined }): Asking {
  const header = (name: string) => ctx.headers?.get(name) ?? undefined;
  const origin: Origin = { door: "pages", address: header(addressHeader), userAgent: header("user-agent") };
  return { requestId: header(requestHeader) ?? "unknown", origin };
}
