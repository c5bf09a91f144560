import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { DomainError } from "@runweir/errors";

/** Whom the database runs as, where that is somebody else. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root, so root runs it as the owner of the cluster's folder, or at first as the user
 * `postgres` or else `nobody`. Undefined for everybody else: they run it themselves.
 */
export async function chooseDatabaseUser(clusterFolder: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readUsers();
  const owner = await stat(clusterFolder).then(
    ({ uid }) => uid,
    () => undefined,
  );
  const user =
    users.find(({ uid }) => uid === owner && uid !== 0) ??
    users.find(({ name }) => name === "postgres") ??
    users.find(({ name }) => name === "nobody");
  if (user && user.uid !== 0) return user;
  throw new DomainError(
    "failed_precondition",
    "Postgres refuses to run as root, and this machine has no user `postgres` or `nobody` to run it as. Start Runweir as an ordinary user, or set RUNWEIR_DATABASE_URL.",
    { reason: "root" },
  );
}

/** Fails with `failed_precondition` when the user cannot get to a path because a folder above it is closed to others. */
export async function assertReachable(user: SystemUser, path: string): Promise<void> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & enter) !== 0) continue;
    throw new DomainError(
      "failed_precondition",
      `Postgres refuses to run as root, and the user ${user.name}, whom it runs as instead, may not enter ${folder}. Start Runweir as an ordinary user, move it and its data folder to where others may go (chmod o+x ${folder}), or set RUNWEIR_DATABASE_URL.`,
      { reason: "root" },
    );
  }
}

async function readUsers(): Promise<readonly SystemUser[]> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n");
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    // macOS writes nobody's number as -2, which is the largest but one of its kind.
    return name && uid && gid ? [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }] : [];
  });
}
