import { createSavedQueries, type QueryDraft, type SavedQueries } from "@runweir/analytics-domain";
import { type Caller, localOwner } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { analyticsMigrations, createSavedQueryStore } from "./index.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let service: SavedQueries;
let now: number;
let count = 0;
beforeAll(async () => {
  database = await createTestDatabase([analyticsMigrations]);
  const next = (prefix: string) => () => {
    count += 1;
    return `${prefix}${count}`;
  };
  service = createSavedQueries({
    store: createSavedQueryStore({ database }),
    clock: { now: () => now },
    newId: next("id-"),
    newToken: next("token-"),
  });
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = 1_000_000;
  await database.query("TRUNCATE analytics.saved_query CASCADE");
});

const owner = localOwner("request");
const other: Caller = { ...owner, principal: { kind: "local-owner", id: "other", name: "Mara" } };
const stranger: Caller = { ...owner, workspace: "elsewhere" };
const draft: QueryDraft = {
  name: "Best runs",
  description: "",
  sql: "SELECT * FROM runs WHERE experiment_id = $id",
  parameters: [
    { name: "id", type: "number", default: 3 },
    { name: "keys", type: "text_list", default: ["loss", "ä"] },
  ],
  isShared: false,
};

test("a query comes back as it was written", async () => {
  const made = await service.create(owner, draft);
  expect(made).toMatchObject({ ...draft, owner: owner.principal, version: 1, creationTime: now });
  expect(await service.get(owner, made.queryId)).toEqual(made);
  expect(await service.list(owner)).toEqual([made]);
  expect(await service.list(owner, { search: "best R" })).toEqual([made]);
  expect(await service.list(owner, { search: "experiment_ID" })).toEqual([made]);
  expect(await service.list(owner, { search: "%" })).toEqual([]);
});

test("others see what is shared and nothing else", async () => {
  const { queryId } = await service.create(owner, draft);
  for (const caller of [other, stranger]) {
    expect(await service.list(caller)).toEqual([]);
    await expect(service.get(caller, queryId)).rejects.toMatchObject({ code: "not_found" });
    await expect(service.update(caller, { queryId, version: 1, isShared: true })).rejects.toMatchObject({
      code: "not_found",
    });
  }
  await service.update(owner, { queryId, version: 1, isShared: true });
  expect(await service.list(other)).toMatchObject([{ queryId, owner: owner.principal }]);
  expect(await service.list(stranger)).toEqual([]);
});

test("what is shared may be changed by all, taken back and deleted by its owner", async () => {
  const { queryId } = await service.create(owner, { ...draft, isShared: true });
  now += 5;
  const changed = await service.update(other, { queryId, version: 1, sql: "SELECT 2" });
  expect(changed).toMatchObject({ version: 2, sql: "SELECT 2", lastUpdateBy: "Mara", lastUpdateTime: now });
  const notOwner = { code: "permission_denied", reason: "not_owner" };
  await expect(service.update(other, { queryId, version: 2, isShared: false })).rejects.toMatchObject(
    notOwner,
  );
  await expect(service.delete(other, { queryId, version: 2 })).rejects.toMatchObject(notOwner);
  await service.delete(owner, { queryId, version: 2 });
  await expect(service.get(owner, queryId)).rejects.toMatchObject({ code: "not_found" });
});

test("of two who change the same version one is told who was faster", async () => {
  const { queryId } = await service.create(owner, { ...draft, isShared: true });
  const results = await Promise.allSettled([
    service.update(owner, { queryId, version: 1, sql: "SELECT 'owner'" }),
    service.update(other, { queryId, version: 1, sql: "SELECT 'other'" }),
  ]);
  const failed = results.filter((result) => result.status === "rejected");
  expect(failed).toHaveLength(1);
  expect(failed[0]?.reason).toMatchObject({
    code: "conflict",
    field: "version",
    message: expect.stringMatching(
      /^(Local owner|Mara) has changed 'Best runs' meanwhile: it is at version 2/,
    ),
  });
  await expect(service.delete(owner, { queryId, version: 1 })).rejects.toMatchObject({ code: "conflict" });
});

test("a name is used once by each owner", async () => {
  const first = await service.create(owner, draft);
  await service.create(other, draft);
  const taken = { code: "already_exists", field: "name" };
  await expect(service.create(owner, draft)).rejects.toMatchObject(taken);
  const { queryId } = await service.create(owner, { ...draft, name: "Another" });
  await expect(service.update(owner, { queryId, version: 1, name: first.name })).rejects.toMatchObject(taken);
});

test("a link leads to its query until it ends or is taken back, and no other text does", async () => {
  const { queryId } = await service.create(owner, draft);
  const { token, link } = await service.createLink(owner, { queryId, seconds: 60 });
  expect(await service.openLink(other, token)).toMatchObject({ queryId });
  await expect(service.openLink(stranger, token)).rejects.toMatchObject({ code: "not_found" });
  await expect(service.openLink(other, link.linkId)).rejects.toMatchObject({ code: "not_found" });
  now += 60_000;
  await expect(service.openLink(other, token)).rejects.toMatchObject({ code: "not_found" });
  const lasting = await service.createLink(owner, { queryId });
  expect(await service.listLinks(owner, queryId)).toEqual([lasting.link, link]);
  await service.deleteLink(owner, { queryId, linkId: lasting.link.linkId });
  await expect(service.openLink(other, lasting.token)).rejects.toMatchObject({ code: "not_found" });
  await expect(service.createLink(other, { queryId })).rejects.toMatchObject({ code: "not_found" });
  const stored = JSON.stringify(await database.query("SELECT * FROM analytics.saved_query_link"));
  expect(stored).not.toContain(token);
});

test.each<[string, Partial<QueryDraft>]>([
  ["name", { name: "" }],
  ["name", { name: " x" }],
  ["name", { name: "x".repeat(201) }],
  ["sql", { sql: "x".repeat(100_001) }],
  ["description", { description: "\0" }],
  ["parameters", { parameters: [draft.parameters[0], draft.parameters[0]] as QueryDraft["parameters"] }],
  ["parameters.0.name", { parameters: [{ name: "a b", type: "text", default: null }] }],
  ["parameters.0.default", { parameters: [{ name: "a", type: "number", default: "1" }] }],
  ["parameters.0.default", { parameters: [{ name: "a", type: "text_list", default: ["a", 1] }] }],
])("%s is named when it cannot be kept: %#", async (field, changes) => {
  await expect(service.create(owner, { ...draft, ...changes })).rejects.toMatchObject({
    code: "invalid_argument",
    field,
  });
});
