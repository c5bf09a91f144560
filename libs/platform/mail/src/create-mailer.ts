import { createTransport } from "nodemailer";

const timeoutMs = 10_000;

/** Sends e-mail of plain text through one server. */
export interface Mailer {
  /** Resolves when the server has taken it; rejects when it did not, or does not answer. */
  send(message: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
  close(): void;
}

export function createMailer(options: {
  /** `smtp://host:port` or `smtps://user:password@host`. */
  readonly smtpUrl: string;
  readonly from: string;
}): Mailer {
  const transport = createTransport(options.smtpUrl, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  } as never);
  return {
    async send(message) {
      await transport.sendMail({ from: options.from, ...message });
    },
    close: () => transport.close(),
  };
}
