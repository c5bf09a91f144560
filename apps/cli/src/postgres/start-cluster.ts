import { chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@runweir/errors";
import { assertReachable, chooseDatabaseUser } from "./choose-user.ts";
import { chooseClusterAddress, clusterUrl } from "./cluster-address.ts";
import { ensureCluster } from "./create-cluster.ts";
import { ensureDatabase } from "./ensure-database.ts";
import { findPostgresBinaries } from "./find-binaries.ts";
import { lastFailure, launchServer, type ServerOptions, type ServerProcess } from "./launch-server.ts";
import { stopLeftOver } from "./stop-left-over.ts";

export interface Cluster {
  readonly url: string;
  /** Made by this start. */
  readonly created: boolean;
  stop(): Promise<void>;
}

/** How long the remains of a killed server may hold its memory. */
const remainsMs = 20_000;
const longestBackoffMs = 10_000;

/**
 * Starts the Postgres of a data folder, which the caller has locked, and keeps it running: one that dies is started
 * again at the same address. Resolves when it answers.
 */
export async function startCluster(
  home: string,
  options: { readonly signal: AbortSignal; onProblem(message: string): void },
): Promise<Cluster> {
  const folder = join(home, "postgres");
  const binaries = await findPostgresBinaries();
  const user = await chooseDatabaseUser(folder);
  if (user) {
    await assertReachable(user, binaries.postgres);
    await assertReachable(user, folder);
  }
  await stopLeftOver(folder);
  const { password, created } = await ensureCluster({ home, folder, binaries, user });
  const address = await chooseClusterAddress(home);
  if (address.socketFolder !== undefined) {
    await mkdir(address.socketFolder, { recursive: true, mode: 0o700 });
    if (user) await chown(address.socketFolder, user.uid, user.gid);
  }
  options.signal.throwIfAborted();
  const url = (database: string) => clusterUrl(address, password, database);
  const server: ServerOptions = {
    program: binaries.postgres,
    folder,
    address,
    user,
    logFile: join(home, "postgres.log"),
  };
  const keeper = keepRunning(server, await firstStart(server, url, options.signal), options.onProblem);
  return { url: url("runweir"), created, stop: keeper.stop };
}

async function firstStart(
  options: ServerOptions,
  url: (database: string) => string,
  signal: AbortSignal,
): Promise<ServerProcess> {
  const deadline = Date.now() + remainsMs;
  for (;;) {
    const server = await launchServer(options);
    const gone = server.ended.then(() => "gone" as const);
    const answers = await Promise.race([ensureDatabase(url, AbortSignal.any([signal])), gone]).catch(
      async (error: unknown) => {
        await server.stop();
        throw error;
      },
    );
    if (answers !== "gone") return server;
    const reason = await lastFailure(options.logFile);
    // Sessions of a server that was killed outlive it for a moment, and Postgres rightly waits for their end.
    const remains = /shared memory block|lock file/.test(reason) && Date.now() < deadline;
    if (!remains) {
      throw new DomainError(
        "failed_precondition",
        `The database does not start: ${reason} (more in ${options.logFile})`,
        { reason: "database_start" },
      );
    }
    await pause(200);
  }
}

function keepRunning(
  options: ServerOptions,
  first: ServerProcess,
  onProblem: (message: string) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let server = first;
  const watch = async () => {
    for (let backoff = 200; ; backoff = Math.min(longestBackoffMs, backoff * 2)) {
      const began = Date.now();
      await server.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - began > longestBackoffMs) backoff = 200;
      onProblem(`Postgres ended by itself: ${await lastFailure(options.logFile)} It is started again.`);
      await pause(backoff, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      server = await launchServer(options);
      if (stopping.signal.aborted) await server.stop();
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await server.stop();
      await watching;
    },
  };
}
