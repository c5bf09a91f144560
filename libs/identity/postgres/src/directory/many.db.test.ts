import { afterAll, beforeAll, expect, test } from "vitest";
import { startDirectory } from "../../testing/start-directory.ts";

let world: Awaited<ReturnType<typeof startDirectory>>;
beforeAll(async () => {
  world = await startDirectory();
  await world.addUser("root", { administrator: true });
  const { database } = world;
  await database.query(
    `INSERT INTO identity."user" (id, username, name)
     SELECT 'p' || n, 'person-' || lpad(n::text, 5, '0'), 'Person ' || n FROM generate_series(1, 10000) n`,
  );
  await database.query(
    `INSERT INTO identity.workspace_member SELECT 'default', 'user', 'p' || n, 'member', n FROM generate_series(1, 10000) n`,
  );
  await database.query(
    `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, pattern, holder_kind, holder_id,
       created_by, creation_time)
     SELECT 'g' || n, 'default', 'allow', 'edit', 'model', 'model-' || n, 'user', 'p' || (n % 10000 + 1), 'x', n / 7
     FROM generate_series(1, 100000) n`,
  );
  await database.query("ANALYZE");
});
afterAll(() => world.database.drop());

test("10,000 members come page by page, each once, in order", async () => {
  const root = await world.as("root");
  const names: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await world.directory.members.list(root, { limit: 1_000, pageToken });
    names.push(...page.items.map(({ name }) => name));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  expect(names).toHaveLength(10_000);
  expect(names).toEqual([...new Set(names)].sort());
  const found = await world.directory.members.list(root, { limit: 10, search: "PERSON-0777" });
  expect(found.items).toHaveLength(10);
  expect(found.nextPageToken).toBeUndefined();
});

test("a page begins after a member, not after a count: who comes before it meanwhile moves nobody", async () => {
  const root = await world.as("root");
  const first = await world.directory.members.list(root, { limit: 100 });
  const newcomer = await world.addUser("aaron");
  await world.directory.members.set(root, { ...newcomer, role: "guest" });
  const second = await world.directory.members.list(root, { limit: 100, pageToken: first.nextPageToken });
  await world.directory.members.remove(root, newcomer);
  expect(second.items.map(({ name }) => name)).toEqual(
    Array.from({ length: 100 }, (_, place) => `person-${String(place + 101).padStart(5, "0")}`),
  );
});

test("one of 10,000 is found by the whole name, whatever the case", async () => {
  const root = await world.as("root");
  const kinds = ["user", "group"] as const;
  const { items } = await world.directory.members.listHolders(root, {
    name: "PERSON-00007",
    kinds,
    limit: 10,
  });
  expect(items.map(({ id }) => id)).toEqual(["p7"]);
  expect(
    (await world.directory.members.listHolders(root, { name: "person", kinds, limit: 10 })).items,
  ).toEqual([]);
});

test("100,000 grants come page by page, though many were made at once", async () => {
  const root = await world.as("root");
  const ids = new Set<string>();
  let pageToken: string | undefined;
  for (let page = 0; page < 30; page += 1) {
    const answer = await world.directory.grants.list(root, { limit: 50, pageToken });
    for (const { grantId } of answer.items) ids.add(grantId);
    pageToken = answer.nextPageToken;
  }
  expect(ids.size).toBe(1_500);
  expect((await world.directory.grants.list(root, { limit: 50, search: "model-99999" })).items).toHaveLength(
    1,
  );
  expect(
    (await world.directory.grants.list(root, { limit: 50, holder: { kind: "user", id: "p7" } })).items,
  ).toHaveLength(10);
});

test("a page of grants is read by an index, not by sorting all of them", async () => {
  const explain = async (condition: string) => {
    const rows = await world.database.query<{ "QUERY PLAN": string }>(
      `EXPLAIN SELECT * FROM identity.access_grant g WHERE g.workspace = 'default' AND ${condition}
       ORDER BY g.creation_time DESC, g.grant_id DESC LIMIT 51`,
    );
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };
  expect(await explain("TRUE")).toContain("access_grant_by_time");
  expect(await explain("TRUE")).not.toContain("Sort");
  expect(await explain("g.holder_kind = 'user' AND g.holder_id = 'p7'")).toMatch(
    /access_grant_(by_holder|once)/,
  );
  expect(await explain("g.target_kind = 'model' AND g.pattern = 'model-7'")).toContain(
    "access_grant_by_pattern",
  );
});
