/**
 * A real server for e-mail as a process of its own, for `start-mail-server.ts`: says its port, hands each mail over, and tells
 * the sender that it has it once whoever started it does.
 */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly text: string;
}

/** What comes from the process: first its port, then mails. */
export type MailServerMessage =
  | { readonly port: number }
  | { readonly id: number; readonly mail: ReceivedMail };

const sent = new Map<number, () => void>();
let last = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      last += 1;
      sent.set(last, done);
      say({
        id: last,
        mail: {
          to: session.envelope.rcptTo.map(({ address }) => address),
          // Lines that are too long are broken by "=" at their end.
          text: Buffer.concat(parts).toString().replaceAll("=\r\n", ""),
        },
      });
    });
  },
});
server.listen(0, "127.0.0.1", () => say({ port: (server.server.address() as AddressInfo).port }));

process.on("message", (id: number) => {
  sent.get(id)?.();
  sent.delete(id);
});
process.on("disconnect", () => process.exit());

function say(message: MailServerMessage): void {
  process.send?.(message);
}
