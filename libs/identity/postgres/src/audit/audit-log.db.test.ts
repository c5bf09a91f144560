import {
  type AuditEvent,
  type AuditLog,
  type Caller,
  genesisHash,
  localOwner,
} from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { emptyAudit } from "../../testing/index.ts";
import { identityMigrations } from "../migrations-folder.ts";
import { appendAudit } from "./append-audit.ts";
import { createAuditLog } from "./audit-log.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let log: AuditLog;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
  log = createAuditLog({ database });
});
afterAll(() => database.drop());
beforeEach(() => emptyAudit(database));

const owner: Caller = {
  ...localOwner("request-1"),
  origin: { door: "api", address: "10.0.0.7", userAgent: "mlflow/3.1", tokenId: "t-1" },
};
const event = (id: string): AuditEvent => ({
  action: "alias.move",
  object: { id, name: `${id}@champion` },
  before: { version: 1 },
  after: { version: 2 },
});

const links = () =>
  database.query<{ sequence: number; time: number; previous: string; hash: string }>(
    `SELECT sequence, time, encode(previous_hash, 'hex') AS previous, encode(hash, 'hex') AS hash
     FROM identity.audit_entry ORDER BY sequence`,
  );

test("an entry says who did what to what, from where, and what changed", async () => {
  const position = await log.append(owner, event("fraud"));
  const [row] = await database.query("SELECT * FROM identity.audit_entry");
  expect(row).toMatchObject({
    sequence: 1,
    workspace: "default",
    actor_kind: "local-owner",
    actor_id: "local",
    action: "alias.move",
    object_kind: "alias",
    object_id: "fraud",
    object_name: "fraud@champion",
    before: { version: 1 },
    after: { version: 2 },
    door: "api",
    address: "10.0.0.7",
    user_agent: "mlflow/3.1",
    request_id: "request-1",
    token_id: "t-1",
    previous_hash: Buffer.alloc(32),
    hash: Buffer.from(position.hash, "hex"),
  });
  await log.append(owner, { action: "user.create", object: { id: "u" } });
  expect(
    await database.query("SELECT workspace, before FROM identity.audit_entry WHERE sequence = 2"),
  ).toEqual([{ workspace: null, before: null }]);
});

test("what is rolled back was never entered", async () => {
  await log.append(owner, event("a"));
  await expect(
    database.transaction(async (transaction) => {
      await appendAudit(transaction, owner, event("b"));
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await log.append(owner, event("c"));
  expect((await links()).map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test("fifty who write at once write one chain", async () => {
  await Promise.all(
    Array.from({ length: 50 }, async (_, writer) => {
      for (let count = 0; count < 4; count += 1) await log.append(owner, event(`${writer}-${count}`));
    }),
  );
  const chain = await links();
  expect(chain.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 200 }, (_, place) => place + 1));
  expect(chain.map(({ previous }) => previous)).toEqual([
    genesisHash,
    ...chain.slice(0, -1).map(({ hash }) => hash),
  ]);
  expect(chain.map(({ time }) => time)).toEqual(chain.map(({ time }) => time).toSorted((a, b) => a - b));
});

test.each([
  "UPDATE identity.audit_entry SET actor_id = 'x'",
  "DELETE FROM identity.audit_entry",
  "DELETE FROM identity.audit_entry WHERE false",
  "TRUNCATE identity.audit_entry",
  "DELETE FROM identity.audit_head",
  "TRUNCATE identity.audit_head",
])("the database refuses %s", async (statement) => {
  await log.append(owner, event("a"));
  await expect(database.query(statement)).rejects.toThrow("The audit log is append-only");
  expect(await links()).toHaveLength(1);
});
