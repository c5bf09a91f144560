import { randomBytes } from "node:crypto";
import { link, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import { type InstanceKeys, parseInstanceKeys } from "./instance-keys.ts";
import type { SecretText } from "./secret-text.ts";

/** Where an installation has its keys: as values of RUNWEIR_SECRET_KEY and RUNWEIR_SECRET_KEY_FILE. */
export interface InstanceKeyPlace {
  readonly text?: SecretText | undefined;
  readonly file?: string | undefined;
}

const howToSet =
  "Set RUNWEIR_SECRET_KEY_FILE to a file that holds one, the same for all services, and keep a copy apart from the database. Make one with: openssl rand -base64 32";

/** The one way to the installation's keys. There is no default: without a place it is `failed_precondition`. */
export async function readInstanceKeys({ text, file }: InstanceKeyPlace): Promise<InstanceKeys> {
  if (text !== undefined && file !== undefined)
    throw new DomainError(
      "invalid_argument",
      "RUNWEIR_SECRET_KEY and RUNWEIR_SECRET_KEY_FILE are both set; one of them is allowed.",
      { reason: "environment" },
    );
  if (text !== undefined) return parseInstanceKeys(text.reveal(), "RUNWEIR_SECRET_KEY");
  if (file !== undefined) return parseInstanceKeys(await readKeyFile(file), file);
  throw new DomainError("failed_precondition", `The installation has no secret key. ${howToSet}`, {
    reason: "secret_key",
  });
}

async function readKeyFile(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new DomainError(
      "failed_precondition",
      `The secret key cannot be read from ${file} (${error.code}). ${howToSet}`,
      { reason: "secret_key", cause: error },
    );
  });
}

/** Where a data folder has its keys. */
export function keyFileOf(folder: string): string {
  return join(folder, "secret-key");
}

/**
 * The key file of a data folder; made when there is none. Whoever else may read it could read what it protects, so a file
 * that others can open is refused.
 */
export async function keepKeyFile(folder: string): Promise<string> {
  const file = keyFileOf(folder);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) await writeOnce(file, `${randomBytes(32).toString("base64")}\n`);
  else if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new DomainError(
      "failed_precondition",
      `${file} can be opened by others (mode ${(found.mode & 0o777).toString(8)}); it holds the installation's secret key. Say: chmod 600 ${file}`,
      { reason: "secret_key" },
    );
  return file;
}

/** Whole or not at all, and never in the place of one that is there: a key that is lost cannot be made again. */
async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft);
  }
}
