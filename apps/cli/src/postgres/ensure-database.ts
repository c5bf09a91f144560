import { setTimeout as pause } from "node:timers/promises";
import { type Database, openDatabase } from "@runweir/postgres";

/** Waits until a server that is starting answers, and makes our database in it if it is not there yet. */
export async function ensureDatabase(url: (database: string) => string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await withDatabase(url("runweir"), (database) => database.query("SELECT 1"));
      return;
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      const unknownDatabase = "3D000";
      if (code === unknownDatabase) {
        await withDatabase(url("postgres"), (database) => database.query("CREATE DATABASE runweir"));
      } else if (stillStarting.has(code)) await pause(20);
      else throw error;
    }
  }
}

/** No socket yet, nobody listening yet, "the database system is starting up", a connection cut while it does. */
const stillStarting: ReadonlySet<string> = new Set(["ENOENT", "ECONNREFUSED", "57P03", "ECONNRESET"]);

async function withDatabase(url: string, work: (database: Database) => Promise<unknown>): Promise<void> {
  const database = openDatabase({ url, applicationName: "runweir-start", connectionsMax: 1 });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
