import { originOf } from "@runweir/http";
import type { Caller, RightsReader } from "@runweir/identity-domain";
import { appendAudit, createAuditLog, keepAdmins } from "@runweir/identity-postgres";
import { createSignIn, type SignIn } from "@runweir/identity-sign-in";
import type { Mailer } from "@runweir/mail";
import type { Database } from "@runweir/postgres";
import { readInstanceKeys } from "@runweir/secrets";
import type { FastifyRequest } from "fastify";
import type { ApiSettings } from "./config.ts";
import { inherit } from "./inheritance.ts";

export interface ApiIdentity {
  readonly signIn: SignIn;
  identify(request: FastifyRequest): Promise<Caller>;
}

/** Who asks: by sign-in where that is required, else always the local owner. */
export async function openIdentity(options: {
  readonly settings: ApiSettings;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly rights: RightsReader;
  readonly mail: { readonly mailer: Mailer; readonly publicUrl: string } | undefined;
  readonly clock: { now(): number };
  newId(): string;
  warn(message: string, details: unknown): void;
}): Promise<ApiIdentity> {
  const { settings, database } = options;
  const { identity, secretKeys, allowedOrigins } = settings;
  const { publicUrl, provider } = identity;
  const signIn = createSignIn({
    ...options,
    audit: createAuditLog({ database }),
    enter: appendAudit,
    keepAdmins,
    inherit: async (client, heir) => ({ ...(await inherit(client, heir, options.clock.now())) }),
    required:
      identity.mode === "open"
        ? undefined
        : {
            secret: Buffer.from((await readInstanceKeys(secretKeys))[0].derive("sign-in")).toString("base64"),
            publicUrl,
            allowedOrigins,
            providers: provider
              ? [{ ...provider, id: "oidc", clientSecret: provider.clientSecret.reveal() }]
              : [],
          },
  });
  return {
    signIn,
    identify: (request) =>
      signIn.identify({ id: request.id, headers: request.headers, address: originOf(request).address }),
  };
}
