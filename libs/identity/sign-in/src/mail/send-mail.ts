import type { Mailer } from "@runweir/mail";

/** A message with a link in it; the path is of this server. */
export type SendMail = (to: string, about: "invitation" | "password-reset", path: string) => Promise<void>;

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
  readonly mailer: Pick<Mailer, "send">;
  /** Where this server is, as its people know it. */
  readonly publicUrl: string;
}): SendMail {
  const { mailer, publicUrl } = options;
  return (to, about, path) => {
    const { subject, before } = texts[about];
    return mailer.send({ to, subject, text: `${before}\n\n${new URL(path, publicUrl).href}\n` });
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
