import { randomBytes } from "node:crypto";
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { createTestDatabase } from "@runweir/postgres/testing";
import { SecretText } from "@runweir/secrets";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readLinkKey } from "./link-key.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase([]);
  await prepareDatabase(database.url);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.query("DELETE FROM identity.secret");
  await database.query("DELETE FROM analytics.link_key");
});

const text = randomBytes(32).toString("base64");
const read = () => readLinkKey(database, { text: new SecretText(text) });
const stored = async () =>
  JSON.stringify([
    await database.query("SELECT key::text FROM analytics.link_key"),
    await database.query("SELECT * FROM identity.secret"),
  ]);

test("the key is the same for all who start at once, and kept encrypted", async () => {
  const keys = await Promise.all([read(), read(), read(), read()]);
  const [first = Buffer.alloc(0)] = keys;
  expect(first).toHaveLength(32);
  for (const key of keys) expect(key).toEqual(first);
  expect(await read()).toEqual(first);
  expect(await stored()).not.toContain(Buffer.from(first).toString("hex"));
  expect(await stored()).not.toContain(Buffer.from(first).toString("base64"));
});

test("a key that an earlier version kept in clear goes on being used, and is in clear no more", async () => {
  const plain = randomBytes(32);
  await database.query("INSERT INTO analytics.link_key (key) VALUES ($1)", [plain]);
  expect(await stored()).toContain(plain.toString("hex"));
  for (const key of await Promise.all([read(), read()])) expect(Buffer.from(key)).toEqual(plain);
  expect(await stored()).not.toContain(plain.toString("hex"));
  // A process of the earlier version that still runs finds none, and makes its own: ours stays.
  await database.query("INSERT INTO analytics.link_key (key) VALUES ($1)", [randomBytes(32)]);
  expect(Buffer.from(await read())).toEqual(plain);
  expect(await database.query("SELECT * FROM analytics.link_key")).toEqual([]);
});

test("without the installation's key, or with another, the service says so instead of making a new one", async () => {
  await read();
  await expect(readLinkKey(database, {})).rejects.toThrow("RUNWEIR_SECRET_KEY_FILE");
  const other = { text: new SecretText(randomBytes(32).toString("base64")) };
  await expect(readLinkKey(database, other)).rejects.toThrow(
    "The secret 'analytics/link-key' cannot be read: it was encrypted under the key",
  );
});
