import { createMailer, type Mailer } from "@runweir/mail";
import type { IdentitySettings } from "./identity-settings.ts";

/** The way for e-mail out of the house, and where its links lead; undefined where there is none. */
export function openMail({
  mail,
  publicUrl,
}: Pick<IdentitySettings, "mail" | "publicUrl">):
  | { readonly mailer: Mailer; readonly publicUrl: string }
  | undefined {
  if (mail === undefined || publicUrl === undefined) return undefined;
  return { mailer: createMailer({ smtpUrl: mail.smtpUrl.reveal(), from: mail.from }), publicUrl };
}
