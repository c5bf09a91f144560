import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Somebody who may do everything, as environment variables say it to MLflow's clients and to what is under their tests. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Follows the link that a server with sign-in prints at its first start, and becomes its first administrator. */
export async function becomeAdministrator(server: {
  readonly url: string;
  readonly folder: string;
}): Promise<Credentials> {
  const output = await readFile(join(server.folder, "runweir.log"), "utf8");
  const token = /\/welcome\/([\w-]+)/.exec(output)?.[1];
  if (token === undefined) throw new Error("The server printed no link for its first administrator.");
  const username = "ada";
  const password = randomBytes(18).toString("base64url");
  const answer = await fetch(`${server.url}/api/auth/welcome`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, username, password }),
  });
  if (!answer.ok) throw new Error(`/api/auth/welcome: ${answer.status} ${await answer.text()}`);
  // Some of MLflow's tests ask without its client: Python's requests takes credentials from here where none are given.
  const netrc = join(server.folder, "netrc");
  await writeFile(netrc, `machine ${new URL(server.url).hostname} login ${username} password ${password}\n`, {
    mode: 0o600,
  });
  return {
    username,
    password,
    variables: { MLFLOW_TRACKING_USERNAME: username, MLFLOW_TRACKING_PASSWORD: password, NETRC: netrc },
  };
}
