import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import type pg from "pg";
import type { Database } from "./database.ts";

export interface Migration {
  /** `20261124T0100-tracking-create`: sorts by time across all slices. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Any fixed number; it only has to be ours. "runweir" in ASCII, folded. */
const advisoryLockKey = 7_255_869;

const fileName = /^\d{8}T\d{4}-[a-z0-9-]+\.sql$/;

/** Reads the `migrations` folders of all slices into one global order. */
export async function loadMigrations(folders: readonly string[]): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  for (const folder of folders) {
    for (const file of await readdir(folder)) {
      if (!fileName.test(file))
        throw new Error(`${join(folder, file)} is not named like 20261124T0100-what.sql`);
      const sql = await readFile(join(folder, file), "utf8");
      migrations.push({
        name: file.slice(0, -4),
        sql,
        checksum: createHash("sha256").update(sql).digest("hex"),
      });
    }
  }
  return migrations.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Brings the database up to date: forward only, one transaction per migration, under an advisory lock so that several
 * processes may start at once. Returns the names applied.
 *
 * Fails with `failed_precondition` when the database holds a migration that this code does not know (it was written by
 * a newer Runweir) or when an applied migration's text has changed since.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const client = await database.pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLockKey]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS runweir_migration (
         name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const applied = await client.query<{ name: string; checksum: string }>(
      "SELECT name, checksum FROM runweir_migration ORDER BY name",
    );
    assertKnown(applied.rows, migrations);
    const done = new Set(applied.rows.map((row) => row.name));
    const pending = migrations.filter((migration) => !done.has(migration.name));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // Closing the connection also gives the advisory lock back, whatever state it is in.
    client.release(true);
  }
}

function assertKnown(
  applied: readonly { name: string; checksum: string }[],
  known: readonly Migration[],
): void {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const migration = byName.get(row.name);
    if (!migration) {
      throw new DomainError(
        "failed_precondition",
        `The database is newer than this Runweir: it holds migration ${row.name}, which this version does not know. Start the newer version, or use another data folder.`,
        { reason: "database_newer" },
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new DomainError(
        "failed_precondition",
        `Migration ${row.name} was changed after it had been applied to this database. Restore its text; changes go into a new migration.`,
        { reason: "migration_changed" },
      );
    }
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query("INSERT INTO runweir_migration (name, checksum) VALUES ($1, $2)", [
      migration.name,
      migration.checksum,
    ]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}
