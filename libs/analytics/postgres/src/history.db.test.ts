import {
  type HistoryEntry,
  historyMax,
  type QueryHistoryStore,
  recordHistory,
} from "@runweir/analytics-domain";
import { type Caller, localOwner } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { analyticsMigrations, createQueryHistoryStore } from "./index.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: QueryHistoryStore;
beforeAll(async () => {
  database = await createTestDatabase([analyticsMigrations]);
  store = createQueryHistoryStore({ database });
});
afterAll(() => database.drop());
beforeEach(async () => {
  for (const { principal } of [owner, other]) await store.clear("default", principal);
});

const owner = localOwner("request");
const other: Caller = { ...owner, principal: { kind: "local-owner", id: "other", name: "Mara" } };
const entry = (sql: string): HistoryEntry => ({
  startTime: 5,
  milliseconds: 1.5,
  sql,
  params: { a: ["x", null] },
  snapshot: 7,
  outcome: { state: "done", rows: 3, isCached: false },
});
const list = (caller: Caller, page = { limit: historyMax }) =>
  store.list(caller.workspace, caller.principal, page);

test("each caller has what they asked, the newest first, page by page", async () => {
  await store.append("default", owner.principal, [entry("SELECT 1"), entry("SELECT 2")]);
  const failed = { state: "failed", reason: "binder", message: "No." } as const;
  await store.append("default", other.principal, [
    { ...entry("SELECT x"), snapshot: null, outcome: failed, params: [] },
  ]);
  expect(await list(owner)).toMatchObject([
    { ...entry("SELECT 2"), milliseconds: 2 },
    { ...entry("SELECT 1"), milliseconds: 2 },
  ]);
  const [newest] = await list(owner, { limit: 1 });
  expect(await store.list("default", owner.principal, { limit: 9, before: newest?.entryNo })).toMatchObject([
    { sql: "SELECT 1" },
  ]);
  expect(await list(other)).toMatchObject([{ snapshot: null, outcome: failed, params: [] }]);
  await store.clear("default", owner.principal);
  expect([(await list(owner)).length, (await list(other)).length]).toEqual([0, 1]);
});

test("history is bounded by caller, and recorded in order behind the answers", async () => {
  const errors: unknown[] = [];
  const recorder = recordHistory({ store, onError: (error) => errors.push(error) });
  for (let count = 0; count < historyMax + 20; count += 1) recorder.record(owner, entry(`SELECT ${count}`));
  recorder.record(other, entry("SELECT 'other'"));
  await recorder.settle();
  const kept = await list(owner);
  expect(kept.map(({ sql }) => sql)).toEqual(
    Array.from({ length: historyMax }, (_, place) => `SELECT ${historyMax + 19 - place}`),
  );
  expect((await list(other))[0]?.sql).toBe("SELECT 'other'");
  expect(errors).toEqual([]);
});

test("a store that is away costs entries and nothing else", async () => {
  const errors: unknown[] = [];
  let isAway = true;
  const recorder = recordHistory({
    store: {
      append: (...given) => (isAway ? Promise.reject(new Error("away")) : store.append(...given)),
    },
    onError: (error) => errors.push(error),
  });
  recorder.record(owner, entry("SELECT 'lost'"));
  await recorder.settle();
  isAway = false;
  recorder.record(owner, entry("SELECT 'kept'"));
  await recorder.settle();
  expect((await list(owner)).map(({ sql }) => sql)).toEqual(["SELECT 'kept'"]);
  expect(errors).toHaveLength(1);
});
