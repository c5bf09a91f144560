import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import { clusterUrl } from "./cluster-address.ts";

/** The address of the database that a Runweir is running in this data folder. Fails with `failed_precondition`. */
export async function findRunningCluster(home: string): Promise<string> {
  // Lines, by Postgres: process, folder, start time, port, folder of the socket, address.
  const lines = await readLines(join(home, "postgres", "postmaster.pid"));
  const [password = ""] = (await readLines(join(home, "postgres-password"))) ?? [];
  const port = Number(lines?.[3]);
  if (!lines || !Number.isInteger(port) || port === 0)
    throw new DomainError(
      "failed_precondition",
      `No Runweir is running in ${home}. Start it, name another folder with --data, or set RUNWEIR_DATABASE_URL.`,
      { reason: "not_running" },
    );
  const socketFolder = lines[4]?.trim() || undefined;
  return clusterUrl({ socketFolder, port }, password, "runweir");
}

async function readLines(file: string): Promise<readonly string[] | undefined> {
  try {
    return (await readFile(file, "utf8")).split("\n");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new DomainError("failed_precondition", `${file} cannot be read: ${message}`, { cause: error });
  }
}
