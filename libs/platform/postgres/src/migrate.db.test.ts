import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../testing/index.ts";
import { type Migration, migrate } from "./migrate.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase([]);
});
afterEach(() => database.drop());

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}
const first = migration("20260101T0000-first", "CREATE TABLE a (x int)");
const second = migration("20260101T0001-second", "CREATE TABLE b (x int)");

test("several processes starting at once apply each migration once", async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database, [first])));
  expect(applied.flat()).toEqual([first.name]);
});

test("a failing migration leaves nothing behind and is named", async () => {
  const broken = migration("20260101T0001-broken", "CREATE TABLE c (x int); SELECT nonsense");
  await expect(migrate(database, [first, broken])).rejects.toThrow("20260101T0001-broken failed");
  expect(await database.query("SELECT to_regclass('c') AS c")).toEqual([{ c: null }]);
});

test("a database from a newer version is refused", async () => {
  await migrate(database, [first, second]);
  await expect(migrate(database, [first])).rejects.toMatchObject({ reason: "database_newer" });
});

test("a migration changed after it was applied is refused", async () => {
  await migrate(database, [first, second]);
  await expect(migrate(database, [migration(first.name, "SELECT 1"), second])).rejects.toMatchObject({
    reason: "migration_changed",
  });
});
