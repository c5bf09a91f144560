import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../src/database.ts";
import { loadMigrations, migrate } from "../src/migrate.ts";

/**
 * A fresh, migrated database on the test server that `test-setup.ts` started, for one test file. Drop it in `afterAll`
 * through the returned `drop`.
 */
export async function createTestDatabase(
  migrationFolders: readonly string[],
): Promise<Database & { readonly url: string; drop(): Promise<void> }> {
  const admin = process.env.RUNWEIR_TEST_POSTGRES;
  if (!admin)
    throw new Error(
      "RUNWEIR_TEST_POSTGRES is not set: run through vitest, whose global set-up starts Postgres",
    );
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(admin, `CREATE DATABASE ${name}`);
  const url = admin.replace(/\/[^/]*$/, `/${name}`);
  const database = openDatabase({ url, applicationName: "runweir-test" });
  await migrate(database, await loadMigrations(migrationFolders));
  return {
    ...database,
    url,
    async drop() {
      await database.close();
      await administer(admin, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
