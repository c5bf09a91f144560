import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The link for its first administrator that a server with sign-in printed; `folder` is where `startRunweir` started it. Once
 * somebody is one, none is printed.
 */
export async function findWelcomeLink(folder: string): Promise<string> {
  const output = await readFile(join(folder, "runweir.log"), "utf8");
  const link = /http\S+\/welcome\/[\w-]+/.exec(output)?.[0];
  if (link === undefined) throw new Error("The server printed no link for its first administrator.");
  return link;
}
