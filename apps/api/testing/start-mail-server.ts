import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { MailServerMessage, ReceivedMail } from "./mail-server.ts";

/** A real server for e-mail, in a process of its own. What it has taken is in `mails` before its sender hears of it. */
export async function startMailServer() {
  const mails: ReceivedMail[] = [];
  const child = fork(join(import.meta.dirname, "mail-server.ts"));
  onTestFinished(async () => {
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server for e-mail ended with ${code}`)));
    child.on("message", (message: MailServerMessage) => {
      if ("port" in message) return resolve(message.port);
      mails.push(message.mail);
      child.send(message.id);
    });
  });
  return { url: `smtp://127.0.0.1:${port}`, mails };
}
