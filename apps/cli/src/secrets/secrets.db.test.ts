import { randomBytes } from "node:crypto";
import { localOwner } from "@runweir/identity-domain";
import { createSecretStore, identityMigrations } from "@runweir/identity-postgres";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createSecretBox, parseInstanceKeys, SecretText } from "@runweir/secrets";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runCli } from "../../testing/run-cli.ts";

const [oldKey, newKey] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
const boxOf = (...keys: string[]) => createSecretBox({ keys: parseInstanceKeys(keys.join(" "), "HERE") });
const caller = localOwner("r");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
});
afterAll(() => database.drop());
beforeEach(() => database.query("DELETE FROM identity.secret"));

const storeOf = (...keys: string[]) => createSecretStore({ database, box: boxOf(...keys) });
const start = (keys: string, ...words: readonly string[]) =>
  runCli(["secrets", ...words], {
    env: { RUNWEIR_DATABASE_URL: database.url, RUNWEIR_SECRET_KEY: keys },
  });

async function cli(keys: string, ...words: readonly string[]) {
  const run = start(keys, ...words);
  return { code: await run.ended, said: run.output() };
}

async function underOldKey(): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    "SELECT count(*) FROM identity.secret WHERE kid = $1",
    [boxOf(oldKey).kid],
  );
  return row?.count ?? 0;
}

test("names are listed without their texts, and without a key", async () => {
  expect(await cli("", "list", "--data", "/nowhere")).toEqual({ code: 0, said: "No secrets.\n" });
  await storeOf(oldKey).put(caller, { name: "store/minio" }, new SecretText("hunter2"));
  await storeOf(oldKey).put(caller, { name: "store/minio", workspace: "vision" }, new SecretText("hunter2"));
  const { said } = await cli("", "list");
  expect(said).toMatch(/^NAME +WORKSPACE +KEY +CHANGED +BY\nstore\/minio +- +[0-9a-f]{12} .* +Local owner\n/);
  expect(said).not.toContain("hunter2");
  expect(JSON.parse((await cli("", "list", "--json")).said)).toMatchObject([
    { workspace: null, name: "store/minio" },
    { workspace: "vision", name: "store/minio" },
  ]);
});

test("a rotation that is killed in the middle goes on the next time, and everything can be read all along", async () => {
  const count = 3_000;
  const old = boxOf(oldKey);
  const names = Array.from({ length: count }, (_, place) => `s/${place}`);
  const rows = await Promise.all(
    names.map(async (name) => ({
      name,
      ciphertext: await old.encrypt(
        new SecretText(`text of ${name}`),
        `secret ${JSON.stringify(["", name])}`,
      ),
    })),
  );
  await database.query(
    `INSERT INTO identity.secret SELECT '', name, $2, ciphertext, 0, 'x', 0, 'x'
     FROM jsonb_to_recordset($1::jsonb) AS r(name text, ciphertext text)`,
    [JSON.stringify(rows), old.kid],
  );
  const keys = `${newKey} ${oldKey}`;
  const killed = start(keys, "rotate");
  while ((await underOldKey()) > count - 100);
  killed.child.kill("SIGKILL");
  expect(await killed.ended).toBe("SIGKILL");
  const left = await underOldKey();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(count);
  const both = storeOf(newKey, oldKey);
  for (const name of [names[0], names[1_500], names[2_999]])
    expect((await both.get({ name: name ?? "" }))?.reveal()).toBe(`text of ${name}`);
  expect(await cli(keys, "rotate")).toEqual({
    code: 0,
    said: `${left} encrypted anew under the key ${boxOf(newKey).kid}; ${count - left} were already.\n`,
  });
  const alone = storeOf(newKey);
  for (const name of names) expect((await alone.get({ name }))?.reveal()).toBe(`text of ${name}`);
  const [entry] = await database.query(
    "SELECT action, after, door FROM identity.audit_entry ORDER BY sequence DESC LIMIT 1",
  );
  expect(entry).toMatchObject({ action: "secret.rotate", after: { rotated: left }, door: "command-line" });
});

test("what cannot be read is named and left as it is", async () => {
  await storeOf(oldKey).put(caller, { name: "lost" }, new SecretText("x"));
  const { code, said } = await cli(newKey, "rotate");
  expect(code).toBe(2);
  expect(said).toMatch(
    /^0 encrypted anew .*\nThe secret 'lost' cannot be read: it was encrypted under the key/,
  );
  expect((await storeOf(oldKey).get({ name: "lost" }))?.reveal()).toBe("x");
});

test("one is deleted when told twice", async () => {
  await storeOf(oldKey).put(caller, { name: "lost" }, new SecretText("x"));
  expect((await cli("", "delete", "lost")).said).toContain("Nothing was deleted; say --yes to do it.");
  expect(await cli("", "delete", "lost", "--yes")).toEqual({ code: 0, said: "Deleted.\n" });
  expect(await cli("", "delete", "lost", "--yes")).toEqual({ code: 1, said: "There is no secret 'lost'.\n" });
});

test.each([
  [[], "secrets: found nothing, allowed are list, rotate and delete NAME."],
  [["show", "x"], 'secrets: found "show x", allowed are'],
  [["delete"], 'secrets: found "delete", allowed are'],
  [["rotate", "x"], 'secrets: found "rotate x", allowed are'],
])("%j is not understood", async (words, sentence) => {
  expect(await cli(newKey, ...words)).toEqual({ code: 1, said: expect.stringContaining(sentence) });
});

test("a wrong key is refused without repeating it", async () => {
  const { code, said } = await cli("changeme", "rotate");
  expect(code).toBe(1);
  expect(said).toContain("RUNWEIR_SECRET_KEY has 6 bytes; at least 32 are needed.");
  expect(said).not.toContain("changeme");
});
