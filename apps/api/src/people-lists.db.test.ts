import { type Caller, localOwner } from "@runweir/identity-domain";
import {
  appendAudit,
  createAuditLog,
  createRightsReader,
  identityMigrations,
  keepAdmins,
} from "@runweir/identity-postgres";
import { createSignIn } from "@runweir/identity-sign-in";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
const statements: { readonly text: string; readonly values: readonly unknown[] }[] = [];
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
  await database.query(
    `INSERT INTO identity."user" (id, username, name, email)
     SELECT 'p' || n, 'Person-' || lpad(n::text, 5, '0'), 'Person ' || n, 'p' || n || '@example.org' FROM generate_series(1, 10000) n`,
  );
  await database.query(
    `INSERT INTO identity.service_account (account_id, name, description, created_by, creation_time) VALUES ('s', 'trainer', '', 'x', 0)`,
  );
  await database.query(
    `INSERT INTO identity.api_token (token_id, hash, owner_kind, owner_id, name, access, created_by, creation_time)
     SELECT 't' || n, sha256(n::text::bytea), CASE WHEN n % 100 = 0 THEN 'service-account' ELSE 'user' END,
       CASE WHEN n % 100 = 0 THEN 's' ELSE 'p' || n END, 'laptop-' || n, 'all', 'x', n / 7 FROM generate_series(1, 1000) n`,
  );
  await database.query("ANALYZE");
});
afterAll(() => database.drop());

/** Where nobody signs in there are people too. */
const open = () =>
  createSignIn({
    database: {
      ...database,
      query: <Row extends object>(text: string, values: readonly unknown[] = []) => {
        statements.push({ text, values });
        return database.query<Row & Record<string, unknown>>(text, [...values]);
      },
    },
    databaseUrl: database.url,
    rights: createRightsReader({ database }),
    clock: { now: () => 0 },
    newId: () => "id",
    enter: appendAudit,
    keepAdmins,
    inherit: async () => ({}),
    audit: createAuditLog({ database }),
    required: undefined,
    mail: undefined,
    warn: () => {},
  });

test("10,000 people come page by page, each once, though somebody comes before them meanwhile", async () => {
  const { users } = open();
  const names: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await users.list({ limit: 1_000, pageToken });
    names.push(...page.items.map(({ username }) => username));
    if (pageToken === undefined)
      await database.query(`INSERT INTO identity."user" (id, username, name) VALUES ('a', 'aaron', 'Aaron')`);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  expect(names).toHaveLength(10_000);
  expect(names).toEqual([...new Set(names)].sort());
});

test("a page of people is read by the index of user names, from where the one before ended", async () => {
  const { users } = open();
  const { nextPageToken } = await users.list({ limit: 50 });
  statements.length = 0;
  await users.list({ limit: 50, pageToken: nextPageToken });
  const [{ text, values } = { text: "", values: [] }] = statements;
  const plan = await database.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, [...values]);
  const words = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(words).toMatch(/Index Scan using user_by_username[\s\S]*Index Cond: \(lower\(username\) >/);
  expect(words).not.toContain("Sort");
});

test("people are found by a part of name or address, and no character stands for others", async () => {
  const { users } = open();
  const found = await users.list({ search: "P777@EXAMPLE", limit: 10 });
  expect(found.items.map(({ id }) => id)).toEqual(["p777"]);
  expect((await users.list({ search: "%", limit: 10 })).items).toEqual([]);
});

test("everybody's tokens are listed for administrators, the newest first and each once, with whose they are", async () => {
  const { tokens } = open();
  const root = localOwner("r");
  const ids = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await tokens.listAll(root, { limit: 90, pageToken });
    for (const { tokenId } of page.items) ids.add(tokenId);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  expect(ids.size).toBe(1_000);
  const ofTrainer = await tokens.listAll(root, { search: "TRAINER", limit: 50 });
  expect(ofTrainer.items).toHaveLength(10);
  expect(ofTrainer.items[0]).toMatchObject({
    name: "laptop-1000",
    owner: { kind: "service-account", id: "s", name: "trainer" },
  });
  const own = { kind: "user", id: "p7" } as const;
  expect((await tokens.listAll(root, { owner: own, limit: 50 })).items.map(({ tokenId }) => tokenId)).toEqual(
    ["t7"],
  );
  const ann: Caller = {
    ...root,
    principal: { kind: "user", id: "p7", name: "Person-00007" },
    rights: { ...root.rights, administrator: false },
  };
  await expect(tokens.listAll(ann, { owner: own, limit: 50 })).rejects.toMatchObject({
    code: "permission_denied",
  });
});
