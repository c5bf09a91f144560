import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../src/database.ts";
import { loadMigrations, type Migration, migrate } from "../src/migrate.ts";

/**
 * A fresh, migrated database on the test server that `vitest-global-setup.ts` started, for one test file or one test. Drop it after
 * that through the returned `drop`.
 */
export async function createTestDatabase(
  migrationFolders: readonly string[],
): Promise<Database & { readonly url: string; drop(): Promise<void> }> {
  const server = process.env.RUNWEIR_TEST_POSTGRES;
  if (!server)
    throw new Error(
      "RUNWEIR_TEST_POSTGRES is not set: run through vitest, whose global set-up starts Postgres",
    );
  const name = newName();
  const template = await ensureTemplate(server, await loadMigrations(migrationFolders));
  await administer(server, (run) => run(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = urlOf(server, name);
  const database = openDatabase({ url, applicationName: "runweir-test" });
  return {
    ...database,
    url,
    async drop() {
      await database.close();
      await administer(server, (run) => run(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/**
 * A database with nothing but these migrations in it, which nobody connects to: to copy it takes a seventh of what
 * migrating takes. Made by whoever comes first of all processes of the run; gets its name when it is complete.
 */
async function ensureTemplate(server: string, migrations: readonly Migration[]): Promise<string> {
  const texts = migrations.map(({ name, checksum }) => `${name} ${checksum}`).join("\n");
  const template = `template_${createHash("sha256").update(texts).digest("hex").slice(0, 12)}`;
  await administer(server, async (run) => {
    const isThere = async () =>
      (await run("SELECT FROM pg_database WHERE datname = $1", [template])).rowCount === 1;
    if (await isThere()) return;
    // Given back with the connection.
    await run("SELECT pg_advisory_lock(hashtext($1))", [template]);
    if (await isThere()) return;
    const name = newName();
    await run(`CREATE DATABASE ${name}`);
    const database = openDatabase({ url: urlOf(server, name), applicationName: "runweir-test" });
    try {
      await migrate(database, migrations);
    } finally {
      await database.close();
    }
    await run(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await run(`ALTER DATABASE ${name} RENAME TO ${template}`);
  });
  return template;
}

const newName = () => `test_${randomBytes(6).toString("hex")}`;
const urlOf = (server: string, name: string) => server.replace(/\/[^/]*$/, `/${name}`);

type Run = (statement: string, values?: readonly unknown[]) => Promise<pg.QueryResult>;

async function administer(url: string, work: (run: Run) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work((statement, values) => client.query(statement, values as unknown[]));
  } finally {
    await client.end();
  }
}
