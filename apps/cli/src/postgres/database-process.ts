import type { SystemUser } from "./choose-user.ts";

/** How the database's programs are run: as their user, from a folder anyone may be in, without our environment. */
export function databaseProcess(user: SystemUser | undefined) {
  return {
    cwd: "/",
    env: { LC_ALL: "C", PATH: "/usr/bin:/bin" },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}
