import { createTransport } from "nodemailer";

/** A message with a link in it; the path is of this server. */
export type SendMail = (to: string, about: "invitation" | "password-reset", path: string) => Promise<void>;

const timeoutMs = 10_000;

const texts = {
  invitation: {
    subject: "You are invited to Runweir",
    before:
      "Somebody invites you to Runweir. Open this link within 7 days to choose a user name and a password:",
  },
  "password-reset": {
    subject: "A new password for Runweir",
    before:
      "Somebody, probably you, asked for a new password. Open this link within 2 hours to choose one; if it was not you, do nothing:",
  },
} as const;

export function createSendMail(options: {
  /** `smtp://host:port` or `smtps://user:password@host`. */
  readonly smtpUrl: string;
  readonly from: string;
  /** Where this server is, as its people know it. */
  readonly publicUrl: string;
}): { readonly sendMail: SendMail; close(): void } {
  const transport = createTransport(options.smtpUrl, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  } as never);
  return {
    async sendMail(to, about, path) {
      const { subject, before } = texts[about];
      const url = new URL(path, options.publicUrl).href;
      await transport.sendMail({ from: options.from, to, subject, text: `${before}\n\n${url}\n` });
    },
    close: () => transport.close(),
  };
}

/** Whether it went out. A server of mail that is down must not undo what was done: somebody copies the link then. */
export async function sendOrSay(
  sendMail: SendMail | undefined,
  to: string | undefined,
  about: Parameters<SendMail>[1],
  path: string,
): Promise<boolean> {
  if (sendMail === undefined || to === undefined) return false;
  try {
    await sendMail(to, about, path);
    return true;
  } catch {
    return false;
  }
}
