import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Administrator, becomeAdministrator } from "@runweir/server";

/** Somebody who may do everything, as environment variables say it to MLflow's clients and to what is under their tests. */
export interface Credentials extends Administrator {
  readonly variables: Readonly<Record<string, string>>;
}

/** Of the server's first administrator. */
export async function makeCredentials(server: {
  readonly url: string;
  readonly folder: string;
}): Promise<Credentials> {
  const administrator = await becomeAdministrator(server);
  const { username, password } = administrator;
  // Some of MLflow's tests ask without its client: Python's requests takes credentials from here where none are given.
  const netrc = join(server.folder, "netrc");
  await writeFile(netrc, `machine ${new URL(server.url).hostname} login ${username} password ${password}\n`, {
    mode: 0o600,
  });
  return {
    ...administrator,
    variables: { MLFLOW_TRACKING_USERNAME: username, MLFLOW_TRACKING_PASSWORD: password, NETRC: netrc },
  };
}
