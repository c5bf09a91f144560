import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { localOwner } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createSecretBox, parseInstanceKeys, SecretText } from "@runweir/secrets";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { emptyAudit } from "../../testing/index.ts";
import { identityMigrations } from "../migrations-folder.ts";
import { rotateSecrets } from "./rotate-secrets.ts";
import { createSecretStore, listSecrets, type SecretStore } from "./secret-store.ts";

const [oldKey, newKey] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
const boxOf = (...keys: string[]) => createSecretBox({ keys: parseInstanceKeys(keys.join(" "), "HERE") });
const caller = localOwner("r");
const minio = { name: "store/minio" };
const secret = new SecretText("hunter2");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: SecretStore;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
  store = createSecretStore({ database, box: boxOf(oldKey) });
});
afterAll(() => database.drop());
beforeEach(async () => {
  await emptyAudit(database);
  await database.query("TRUNCATE identity.secret");
});

test("what was put is there, and nowhere in clear", async () => {
  await store.put(caller, minio, secret);
  await store.put(caller, { ...minio, workspace: "vision" }, new SecretText("other"));
  expect((await store.get(minio))?.reveal()).toBe("hunter2");
  expect((await store.get({ ...minio, workspace: "vision" }))?.reveal()).toBe("other");
  expect(await store.get({ name: "store/none" })).toBeUndefined();
  await store.put(caller, minio, new SecretText("hunter3"));
  expect((await store.get(minio))?.reveal()).toBe("hunter3");
  const stored = inspect(
    await database.query(
      "SELECT s::text FROM identity.secret s UNION ALL SELECT e::text FROM identity.audit_entry e",
    ),
    { maxArrayLength: null, maxStringLength: null },
  );
  expect(stored).toContain("store/minio");
  for (const text of ["hunter2", "hunter3", Buffer.from("hunter2").toString("base64url")])
    expect(stored).not.toContain(text);
});

test("its names are listed and its changes entered into the audit log", async () => {
  await store.put(caller, minio, secret);
  await store.put(caller, minio, secret);
  expect(await listSecrets(database)).toMatchObject([
    { workspace: null, name: "store/minio", kid: boxOf(oldKey).kid, createdBy: "Local owner" },
  ]);
  expect(await store.delete(caller, minio)).toBe(true);
  expect(await store.delete(caller, minio)).toBe(false);
  const actions = await database.query(
    "SELECT action, object_id FROM identity.audit_entry ORDER BY sequence",
  );
  expect(actions).toEqual(
    ["secret.create", "secret.update", "secret.delete"].map((action) => ({
      action,
      object_id: "store/minio",
    })),
  );
});

test("of many who keep a fresh one at once, all get the same", async () => {
  const kept = await Promise.all(
    Array.from({ length: 12 }, (_, place) => store.keep(caller, minio, new SecretText(`fresh-${place}`))),
  );
  expect(new Set(kept.map((text) => text.reveal())).size).toBe(1);
  expect(await database.query("SELECT action FROM identity.audit_entry")).toEqual([
    { action: "secret.create" },
  ]);
});

test("exchanged rows, altered texts and other keys are refused by name", async () => {
  const other = { name: "webhook/ops" };
  await store.put(caller, minio, secret);
  await store.put(caller, other, new SecretText("other"));
  await database.query(
    `UPDATE identity.secret s SET ciphertext = o.ciphertext FROM identity.secret o WHERE s.name <> o.name`,
  );
  await expect(store.get(minio)).rejects.toThrow(
    "The secret 'store/minio' cannot be read: it was encrypted for something else.",
  );
  await store.put(caller, minio, secret);
  await database.query("UPDATE identity.secret SET workspace = 'vision' WHERE name = 'store/minio'");
  await expect(store.get({ ...minio, workspace: "vision" })).rejects.toThrow(
    "it was encrypted for something else",
  );
  await store.put(caller, minio, secret);
  await database.query(
    "UPDATE identity.secret SET ciphertext = overlay(ciphertext PLACING 'AAAA' FROM length(ciphertext) - 3) WHERE workspace = ''",
  );
  await expect(store.get(minio)).rejects.toMatchObject({
    code: "failed_precondition",
    message: "The secret 'store/minio' cannot be read: it was altered.",
  });
  await store.put(caller, minio, secret);
  const elsewhere = createSecretStore({ database, box: boxOf(newKey) });
  await expect(elsewhere.get(minio)).rejects.toThrow(
    /^The secret 'store\/minio' cannot be read: .* under the key/,
  );
});

test("a rotation brings all under the first key, leaves what it cannot read, and says so", async () => {
  const names = Array.from({ length: 230 }, (_, place) => `store/${String(place).padStart(3, "0")}`);
  for (const name of names) await store.put(caller, { name }, new SecretText(`text of ${name}`));
  await store.put(caller, { name: "only/vision", workspace: "vision" }, secret);
  const lost = createSecretStore({ database, box: boxOf(randomBytes(32).toString("base64")) });
  await lost.put(caller, { name: "lost" }, secret);
  const both = boxOf(newKey, oldKey);
  const fresh = createSecretStore({ database, box: both });
  await fresh.put(caller, { name: "new" }, secret);
  expect(await rotateSecrets({ database, box: both })).toEqual({
    rotated: 231,
    current: 1,
    unreadable: [
      {
        place: { workspace: undefined, name: "lost" },
        message: expect.stringMatching(/^The secret 'lost' cannot/),
      },
    ],
  });
  const alone = createSecretStore({ database, box: boxOf(newKey) });
  for (const name of names) expect((await alone.get({ name }))?.reveal()).toBe(`text of ${name}`);
  expect((await alone.get({ name: "only/vision", workspace: "vision" }))?.reveal()).toBe("hunter2");
  expect(await rotateSecrets({ database, box: both })).toMatchObject({ rotated: 0, current: 232 });
});

test("what is put during a rotation stays", async () => {
  for (let count = 0; count < 30; count += 1) await store.put(caller, { name: `s${count}` }, secret);
  const both = boxOf(newKey, oldKey);
  const fresh = createSecretStore({ database, box: both });
  await Promise.all([
    rotateSecrets({ database, box: both }),
    rotateSecrets({ database, box: both }),
    ...Array.from({ length: 30 }, (_, place) =>
      fresh.put(caller, { name: `s${place}` }, new SecretText(`later ${place}`)),
    ),
  ]);
  for (let count = 0; count < 30; count += 1)
    expect((await fresh.get({ name: `s${count}` }))?.reveal()).toBe(`later ${count}`);
});

test.each(["", "A", "a b", "/a", "a/", "a//b", "x".repeat(201)])("%j is no name", async (name) => {
  await expect(store.put(caller, { name }, secret)).rejects.toMatchObject({
    code: "invalid_argument",
    field: "name",
  });
});
