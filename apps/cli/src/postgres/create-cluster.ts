import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DomainError } from "@runweir/errors";
import type { SystemUser } from "./choose-user.ts";
import { databaseProcess } from "./database-process.ts";
import type { PostgresBinaries } from "./find-binaries.ts";

const run = promisify(execFile);

/**
 * Makes the cluster's folder when there is none, whole or not at all. Returns the password of its one user, which is
 * random and kept beside it for its owner only. Fails when the folder was written by another major version of Postgres.
 */
export async function ensureCluster(options: {
  readonly home: string;
  readonly folder: string;
  readonly binaries: PostgresBinaries;
  readonly user: SystemUser | undefined;
}): Promise<{ readonly password: string; readonly created: boolean }> {
  const { folder } = options;
  const password = await ensurePassword(join(options.home, "postgres-password"));
  if (existsSync(join(folder, "PG_VERSION"))) {
    await assertSameMajor(folder, options.binaries.postgres);
    return { password, created: false };
  }
  // Left by a start that was killed half-way.
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passwordFile = `${folder}.init-password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (options.user) {
    await chown(unfinished, options.user.uid, options.user.gid);
    await chown(passwordFile, options.user.uid, options.user.gid);
  }
  try {
    await run(options.binaries.initdb, initFlags(unfinished, passwordFile), databaseProcess(options.user));
  } catch (error) {
    throw new DomainError(
      "failed_precondition",
      `The database could not be created in ${folder}: ${lastLine((error as { stderr?: string }).stderr)}`,
      { cause: error },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, folder);
  return { password, created: true };
}

/** Text sorts by code point everywhere, whatever the machine's language. */
function initFlags(folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    "--username=runweir",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
}

async function ensurePassword(file: string): Promise<string> {
  if (!existsSync(file)) {
    // Written aside first: half a password would lock everybody out.
    await writeFile(`${file}.new`, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return (await readFile(file, "utf8")).trim();
}

async function assertSameMajor(folder: string, postgres: string): Promise<void> {
  const { stdout } = await run(postgres, ["--version"]);
  const here = /\d+/.exec(stdout)?.[0];
  const written = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  if (here === written) return;
  throw new DomainError(
    "failed_precondition",
    `The database in ${folder} was written by PostgreSQL ${written}; this Runweir brings PostgreSQL ${here}, which cannot read it. Start the version of Runweir that wrote it, or use another data folder.`,
    { reason: "database_version" },
  );
}

function lastLine(text: string | undefined): string {
  return text?.trim().split("\n").at(-1) ?? "no reason given";
}
