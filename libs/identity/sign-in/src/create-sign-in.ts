import { DomainError } from "@runweir/errors";
import {
  type ApiTokens,
  anonymous,
  type Links,
  type OwnAccount,
  type RightsReader,
  type Sessions,
  type Users,
} from "@runweir/identity-domain";
import type { Mailer } from "@runweir/mail";
import { type Database, openDatabase, translateFailures } from "@runweir/postgres";
import { createAttempts, resetLimits, signInLimits } from "./attempts/attempts.ts";
import { askProvider, isOfProvider } from "./auth/ask-provider.ts";
import { createAuth, type OpenIdProvider } from "./auth/create-auth.ts";
import { createProviderRecord } from "./auth/provider-record.ts";
import { signInEndpoints } from "./auth/sign-in-endpoints.ts";
import { createIdentify, createOpenIdentify, type Identify } from "./identify/create-identify.ts";
import { createLastUsed } from "./identify/last-used.ts";
import { createPasswordCheck } from "./identify/password-check.ts";
import { createLinks } from "./links/links.ts";
import { createUsedLinks } from "./links/use-links.ts";
import { createSendMail } from "./mail/send-mail.ts";
import { createOwnAccount } from "./people/own-account.ts";
import { createUsers } from "./people/users.ts";
import { createSessions } from "./sessions/sessions.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { createApiTokens } from "./tokens/api-tokens.ts";

/** The people of the server and all that is theirs; there whether anybody has to sign in or not. */
export interface People {
  readonly users: Users;
  readonly tokens: ApiTokens;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly account: OwnAccount;
}

export interface SignIn extends People {
  readonly identify: Identify;
  /** What belongs to the routes of `signInRoutes`; undefined where nobody signs in. */
  readonly handle: ((request: Request) => Promise<Response>) | undefined;
  /** The path of a link to make the first administrator with, as long as there is none. */
  issueFirstAdministrator(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface SignInOptions extends Omit<SignInParts, "database"> {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly rights: RightsReader;
  /** Undefined: whoever comes is the local owner. */
  readonly required:
    | {
        /** For cookies: 32 bytes or more that only this installation has. */
        readonly secret: string;
        readonly publicUrl: string | undefined;
        readonly allowedOrigins: readonly string[];
        readonly providers: readonly OpenIdProvider[];
      }
    | undefined;
  readonly mail: { readonly mailer: Mailer; readonly publicUrl: string } | undefined;
  warn(message: string, details: unknown): void;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { clock, rights, required, warn, databaseUrl } = options;
  const database = translateFailures(options.database);
  const parts: SignInParts = { ...options, database };
  const sendMail = options.mail && createSendMail(options.mail);
  const attempts = createAttempts({
    database,
    clock,
    kind: "sign-in",
    limits: signInLimits,
    async onFull(of, account, address) {
      const caller = { ...anonymous("sign-in"), origin: { door: "api", address } as const };
      await options.audit.append(caller, {
        action: "sign-in.locked",
        object: { id: account },
        after: { of },
      });
    },
  });
  const resets = createAttempts({ database, clock, kind: "reset", limits: resetLimits });
  const checkPassword = createPasswordCheck({ database, attempts });
  const links = createUsedLinks(parts);
  const people: People = {
    users: createUsers(parts),
    tokens: createApiTokens(parts),
    sessions: createSessions(parts),
    links: createLinks({ ...parts, sendMail }),
    account: createOwnAccount({ ...parts, checkPassword }),
  };
  if (required === undefined)
    return {
      ...people,
      identify: createOpenIdentify({ rights }),
      handle: undefined,
      issueFirstAdministrator: async () => undefined,
      close: async () => {},
    };

  const authDatabase = openDatabase({
    url: databaseUrl,
    applicationName: "runweir-sign-in",
    connectionsMax: 4,
    answerMs: 15_000,
    schema: "identity",
  });
  const lastUsed = createLastUsed({ database, clock });
  const providers = required.providers.map(({ id, name }) => ({ id, name }));
  const authWith = (known: readonly OpenIdProvider[]) =>
    createAuth({
      ...required,
      providers: known,
      pool: authDatabase.pool,
      onProviderSignIn: createProviderRecord(parts),
      endpoints: signInEndpoints({ ...parts, checkPassword, links, resets, sendMail, providers }),
      warn,
    });
  // The library asks providers who they are before it does anything else.
  const auth = authWith([]);
  const handleByProvider = askProvider(() => authWith(required.providers));
  const findSession = (cookie: string) =>
    auth.findSession(cookie).catch((cause: unknown) => {
      throw new DomainError("unavailable", "Your session cannot be checked at the moment. Please retry.", {
        retryAfterSeconds: 1,
        cause,
      });
    });
  return {
    ...people,
    identify: createIdentify({
      database,
      rights,
      clock,
      sessionCookie: auth.sessionCookie,
      checkPassword,
      findSession,
      lastUsed,
      async onWrongPassword(name, { id, address }) {
        const caller = { ...anonymous(id), origin: { door: "api", address } as const };
        await options.audit.append(caller, {
          action: "sign-in.failed",
          object: { id: name.trim().slice(0, 200) },
        });
      },
    }),
    handle: (request) => (isOfProvider(request) ? handleByProvider(request) : auth.handle(request)),
    issueFirstAdministrator: links.issueFirstAdministrator,
    async close() {
      await lastUsed.settle();
      await authDatabase.close();
    },
  };
}
