import { flagSetting } from "@runweir/config";
import { DomainError } from "@runweir/errors";
import { isLoopbackName } from "@runweir/http";
import { SecretText } from "@runweir/secrets";
import { z } from "zod";

export interface IdentitySettings {
  /** Whether people and programs have to say who they are, or whoever comes is the local owner. */
  readonly mode: "open" | "required";
  /** Where people find this server; taken from each request unless told. */
  readonly publicUrl: string | undefined;
  /** Whose people may sign in here without a password of ours. */
  readonly provider:
    | {
        readonly name: string;
        readonly issuer: string;
        readonly clientId: string;
        readonly clientSecret: SecretText;
        readonly createsUsers: boolean;
      }
    | undefined;
  readonly mail: { readonly smtpUrl: SecretText; readonly from: string } | undefined;
}

/** As fields of an app's schema. */
export const identitySettings = {
  RUNWEIR_IDENTITY: z.enum(["open", "required"]).optional().meta({ allowed: "open, required" }),
  RUNWEIR_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ allowed: "an address like https://runweir.example.org" }),
  RUNWEIR_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ allowed: "the issuer of an OpenID Connect provider like https://login.example.org" }),
  RUNWEIR_OIDC_CLIENT_ID: z.string().min(1).optional(),
  RUNWEIR_OIDC_CLIENT_SECRET: z
    .string()
    .min(1)
    .transform((text) => new SecretText(text))
    .optional(),
  RUNWEIR_OIDC_NAME: z.string().min(1).max(60).prefault("single sign-on"),
  RUNWEIR_OIDC_SIGN_UP: flagSetting(),
  RUNWEIR_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .transform((text) => new SecretText(text))
    .optional()
    .meta({ allowed: "an address like smtp://user:password@mail.example.org:587", secret: true }),
  RUNWEIR_MAIL_FROM: z.string().min(3).prefault("Runweir <runweir@localhost>"),
} as const;

/** Without sign-in only on this machine: `open` on any other host is `failed_precondition`. */
export function readIdentitySettings(values: {
  readonly RUNWEIR_HOST: string;
  readonly RUNWEIR_IDENTITY?: IdentitySettings["mode"] | undefined;
  readonly RUNWEIR_PUBLIC_URL?: string | undefined;
  readonly RUNWEIR_OIDC_ISSUER?: string | undefined;
  readonly RUNWEIR_OIDC_CLIENT_ID?: string | undefined;
  readonly RUNWEIR_OIDC_CLIENT_SECRET?: SecretText | undefined;
  readonly RUNWEIR_OIDC_NAME: string;
  readonly RUNWEIR_OIDC_SIGN_UP: boolean;
  readonly RUNWEIR_SMTP_URL?: SecretText | undefined;
  readonly RUNWEIR_MAIL_FROM: string;
}): IdentitySettings {
  const { RUNWEIR_HOST: host, RUNWEIR_IDENTITY: asked, RUNWEIR_PUBLIC_URL: url } = values;
  const isLocal = isLoopbackName(host);
  if (asked === "open" && !isLocal)
    throw new DomainError(
      "failed_precondition",
      `RUNWEIR_IDENTITY=open is refused on ${host}: whoever reaches it could read, change and delete everything. Leave it out, so that everybody has to sign in, or listen on 127.0.0.1.`,
      { reason: "identity_required" },
    );
  return {
    mode: asked ?? (isLocal ? "open" : "required"),
    publicUrl: url === undefined ? undefined : new URL(url).origin,
    provider: readProvider(values),
    mail: readMail(values),
  };
}

type Values = Parameters<typeof readIdentitySettings>[0];

function readProvider(values: Values): IdentitySettings["provider"] {
  const {
    RUNWEIR_OIDC_ISSUER: issuer,
    RUNWEIR_OIDC_CLIENT_ID: clientId,
    RUNWEIR_OIDC_CLIENT_SECRET: clientSecret,
  } = values;
  const given = [issuer, clientId, clientSecret].filter((value) => value !== undefined).length;
  if (given === 0) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw refused(
      `${given} of RUNWEIR_OIDC_ISSUER, RUNWEIR_OIDC_CLIENT_ID and RUNWEIR_OIDC_CLIENT_SECRET are set; all three are needed, or none.`,
    );
  const { RUNWEIR_OIDC_NAME: name, RUNWEIR_OIDC_SIGN_UP: createsUsers } = values;
  return { name, issuer, clientId, clientSecret, createsUsers };
}

function readMail(values: Values): IdentitySettings["mail"] {
  const { RUNWEIR_SMTP_URL: smtpUrl, RUNWEIR_MAIL_FROM: from, RUNWEIR_PUBLIC_URL: url } = values;
  if (smtpUrl === undefined) return undefined;
  if (url === undefined)
    throw refused(
      "RUNWEIR_SMTP_URL is set and RUNWEIR_PUBLIC_URL is not; links in e-mails need the address of this server.",
    );
  return { smtpUrl, from };
}

function refused(message: string): DomainError {
  return new DomainError("invalid_argument", message, { reason: "environment" });
}
