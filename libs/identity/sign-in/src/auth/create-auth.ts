import type { Database } from "@runweir/postgres";
import { betterAuth } from "better-auth";
import { genericOAuth } from "better-auth/plugins";
import type { Identity } from "../identify/identity.ts";
import { addressHeader, type signInEndpoints } from "./sign-in-endpoints.ts";

const day = 86_400;
/** From signing in on, however much it is used. */
const sessionDays = 14;

export interface OpenIdProvider {
  readonly id: string;
  /** For the button. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether people come in by it who are no users yet. */
  readonly createsUsers: boolean;
}

export const authPath = "/api/auth";

/** The sign-in library on our tables. It never changes them, and serves only what the door mounts. */
export function createAuth(options: {
  /** Connections that look names up in schema `identity`. */
  readonly pool: Database["pool"];
  readonly secret: string;
  /** Where people find this server; taken from each request unless told. */
  readonly publicUrl: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly endpoints: ReturnType<typeof signInEndpoints>;
  readonly providers: readonly OpenIdProvider[];
  /** Of users whom the library made, and of sessions that no endpoint of ours opened. */
  onProviderSignIn(
    what: "created" | "signed in",
    userId: string,
    headers: Headers | undefined,
  ): Promise<void>;
  warn(message: string, details: unknown): void;
}) {
  const { publicUrl, providers } = options;
  const isSecure = publicUrl?.startsWith("https://") ?? false;
  // A browser takes such a cookie only from this very host, over https.
  const prefix = isSecure ? "__Host-runweir" : "runweir";
  const sessionCookie = `${prefix}_session`;
  const auth = betterAuth({
    appName: "Runweir",
    secret: options.secret,
    ...(publicUrl === undefined ? {} : { baseURL: publicUrl }),
    basePath: authPath,
    trustedOrigins: [...options.allowedOrigins],
    database: options.pool,
    telemetry: { enabled: false },
    // Ours counts for all processes together, and by account too.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: false },
    user: {
      modelName: "user",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      additionalFields: {
        username: { type: "string", required: false, input: false },
        isAdministrator: {
          type: "boolean",
          required: false,
          fieldName: "is_administrator",
          input: false,
          defaultValue: false,
        },
        isDisabled: {
          type: "boolean",
          required: false,
          fieldName: "is_disabled",
          input: false,
          defaultValue: false,
        },
      },
    },
    session: {
      modelName: "session",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      expiresIn: sessionDays * day,
      disableSessionRefresh: true,
    },
    account: {
      modelName: "account",
      fields: {
        accountId: "account_id",
        providerId: "provider_id",
        userId: "user_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      encryptOAuthTokens: true,
      // To a user of the same address only where the provider vouches for it, and an administrator gave it to the user: an
      // address that somebody typed themselves may be another's, who would come into their account.
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: {
      modelName: "verification",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    advanced: {
      cookiePrefix: prefix,
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookie } },
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/" },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [
      options.endpoints,
      genericOAuth({
        config: providers.map(({ id, name, issuer, clientId, clientSecret, createsUsers }) => ({
          providerId: id,
          name,
          discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
          clientId,
          clientSecret,
          scopes: ["openid", "profile", "email"],
          pkce: true,
          requireIdTokenVerification: true,
          disableSignUp: !createsUsers,
        })),
      }),
    ],
    databaseHooks: {
      user: {
        create: {
          // Only people who come by an identity provider are made by the library.
          before: async (user) => ({
            data: { ...user, username: (user as { username?: string }).username ?? user.email },
          }),
          after: (user, context) => options.onProviderSignIn("created", user.id, context?.headers),
        },
      },
      session: {
        create: {
          async after({ userId }, context) {
            if (context?.path.startsWith("/callback/"))
              await options.onProviderSignIn("signed in", userId, context.headers);
          },
        },
      },
    },
    onAPIError: { errorURL: "/sign-in" },
    logger: {
      level: "warn",
      log(_level, message, ...details) {
        // Which names a request may be for is decided before it comes here.
        if (!message.startsWith("Base URL is not set")) options.warn(message, details[0]);
      },
    },
  });

  return {
    sessionCookie,
    handle: (request: Request) => auth.handler(request),

    /** Of a cookie's value, if it was signed here and its session is there, of somebody who is not disabled. */
    async findSession(cookie: string): Promise<Identity | undefined> {
      const found = await auth.api.getSession({
        headers: new Headers({ cookie: `${sessionCookie}=${cookie}` }),
        query: { disableRefresh: true },
      });
      if (!found || found.user.isDisabled) return undefined;
      const { session, user } = found;
      return {
        kind: "user",
        id: user.id,
        name: user.username ?? user.email,
        isAdministrator: user.isAdministrator ?? false,
        sessionId: session.id,
        expiryTime: new Date(session.expiresAt).getTime(),
      };
    },
  };
}
