import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../testing/index.ts";
import { withinTransaction } from "./within-transaction.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase([]);
  await database.query("CREATE TABLE kept (name text PRIMARY KEY)");
});
afterAll(() => database.drop());

it("takes back a transaction inside a transaction, and nothing else", async () => {
  const names = await database.transaction(async (client) => {
    const inner = withinTransaction(client);
    await inner.query("INSERT INTO kept VALUES ('before')");
    await expect(
      inner.transaction(async () => {
        await inner.query("INSERT INTO kept VALUES ('inside')");
        await inner.transaction((again) => again.query("INSERT INTO kept VALUES ('deeper')"));
        await inner.query("INSERT INTO kept VALUES ('before')");
      }),
    ).rejects.toMatchObject({ code: "23505" });
    await inner.transaction(() => inner.query("INSERT INTO kept VALUES ('after')"));
    return inner.query("SELECT name FROM kept ORDER BY name");
  });
  expect(names).toEqual([{ name: "after" }, { name: "before" }]);
  expect(await database.query("SELECT count(*) FROM kept")).toEqual([{ count: 2 }]);
});
