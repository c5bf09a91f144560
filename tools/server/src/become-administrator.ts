import { randomBytes } from "node:crypto";
import { findWelcomeLink } from "./find-welcome-link.ts";

export interface Administrator {
  readonly username: string;
  readonly password: string;
}

/** Follows the link that a server with sign-in printed at its first start, and becomes its first administrator. */
export async function becomeAdministrator(server: {
  readonly url: string;
  /** Where it was started with `startRunweir`. */
  readonly folder: string;
}): Promise<Administrator> {
  const token = new URL(await findWelcomeLink(server.folder)).pathname.split("/").at(-1);
  const administrator = { username: "ada", password: randomBytes(18).toString("base64url") };
  const answer = await fetch(`${server.url}/api/auth/welcome`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, ...administrator }),
  });
  if (!answer.ok) throw new Error(`/api/auth/welcome: ${answer.status} ${await answer.text()}`);
  return administrator;
}
