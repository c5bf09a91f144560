import {
  type AuditEntry,
  type AuditFilter,
  type AuditStore,
  describeFault,
  verifyChain,
} from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillAudit } from "../../testing/index.ts";
import { identityMigrations } from "../migrations-folder.ts";
import { printConditions } from "./audit-conditions.ts";
import { createAuditStore } from "./audit-store.ts";

const count = 20_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: AuditStore;
let all: readonly AuditEntry[];
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
  store = createAuditStore({ database });
  await fillAudit(database, count);
  await database.query("ANALYZE identity.audit_entry");
  all = await collect(store.read(undefined, {}));
});
afterAll(() => database.drop());

async function collect(pages: AsyncIterable<readonly AuditEntry[]>): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const page of pages) entries.push(...page);
  return entries;
}

const time = (place: number) => 1_700_000_000_000 + place * 60_000;
const filters: readonly [AuditFilter, (entry: AuditEntry) => boolean][] = [
  [{}, () => true],
  [{ actorId: "user-7" }, (entry) => entry.actor.id === "user-7"],
  [{ action: "alias.move" }, (entry) => entry.action === "alias.move"],
  [{ objectKind: "model" }, (entry) => entry.object.kind === "model"],
  [
    { objectKind: "model", objectId: "object-40" },
    (entry) => entry.object.kind === "model" && entry.object.id === "object-40",
  ],
  [{ from: time(100), to: time(200) }, (entry) => entry.time >= time(100) && entry.time < time(200)],
  [{ from: time(count) }, () => false],
  [{ to: time(count) }, () => true],
  [{ text: "MODEL-40" }, (entry) => entry.object.name.startsWith("churn/model-40")],
  [
    { text: "10.0.0.7 alias" },
    (entry) => entry.origin.address?.startsWith("10.0.0.7") === true && entry.action.startsWith("alias"),
  ],
  [{ text: "'; DROP TABLE x; -- &|!:*" }, () => false],
  [
    { actorId: "user-7", action: "user.create", from: time(500) },
    (entry) => entry.actor.id === "user-7" && entry.action === "user.create" && entry.time >= time(500),
  ],
];

test.each(filters)(
  "a search finds what it says, and pages come one after the other: %j",
  async (filter, isWanted) => {
    for (const workspace of [undefined, "vision"]) {
      const wanted = all.filter(
        (entry) => isWanted(entry) && (workspace === undefined || entry.workspace === workspace),
      );
      const found: AuditEntry[] = [];
      for (let before: number | undefined; ; ) {
        const page = await store.search(workspace, filter, { limit: 997, before });
        found.push(...page);
        before = page.at(-1)?.sequence;
        if (page.length < 997) break;
      }
      expect(found.map(({ sequence }) => sequence)).toEqual(wanted.map(({ sequence }) => sequence).reverse());
      expect(await collect(store.read(workspace, filter))).toEqual(wanted);
    }
  },
);

test("every search is answered from an index, without reading the table and without sorting it", async () => {
  for (const [filter] of filters) {
    for (const workspace of [undefined, "vision"]) {
      const { conditions, values } = printConditions(workspace, filter);
      const plan = await database.query<{ "QUERY PLAN": string }>(
        `EXPLAIN SELECT * FROM identity.audit_entry e WHERE ${conditions.join(" AND ")} ORDER BY e.sequence DESC LIMIT 50`,
        values.list,
      );
      const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
      expect(text).toMatch(/Index (Only )?Scan/);
      expect(text).not.toMatch(/Seq Scan/);
      // Words, and what holds for two at once, may be found as a set, which has no order. It is small then.
      const isSingle =
        Object.keys(filter).length === 1 && filter.text === undefined && workspace === undefined;
      if (isSingle) expect(text).not.toMatch(/Sort/);
    }
  }
});

test("a rare word is found by the index of words", async () => {
  const { conditions, values } = printConditions(undefined, { text: "request-19871" });
  const plan = await database.query(
    `EXPLAIN SELECT * FROM identity.audit_entry e WHERE ${conditions.join(" AND ")} ORDER BY e.sequence DESC LIMIT 50`,
    values.list,
  );
  expect(JSON.stringify(plan)).toContain("audit_entry_by_words");
});

test("the people are those who did something there, by name", async () => {
  const people = await store.listPeople(undefined);
  expect(people).toHaveLength(37);
  expect(people[0]).toEqual({ kind: "user", id: "user-0", name: "Person 0" });
  expect(await store.listPeople("elsewhere")).toEqual([]);
});

test("the whole chain, and piece by piece", async () => {
  const seen: number[] = [];
  const whole = await store.verify({ onProgress: (verified, of) => seen.push(verified / of) });
  expect(whole).toMatchObject({ verified: { sequence: count }, head: { sequence: count }, fault: undefined });
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  let after = { sequence: 0, hash: "0".repeat(64) };
  let pieces = 0;
  for (; after.sequence < count; pieces += 1) {
    const piece = await store.verify({ after, entriesMax: 7_000 });
    expect(piece.fault).toBeUndefined();
    after = piece.verified;
  }
  expect(pieces).toBe(3);
  expect(after).toEqual(whole.head);
  const beyond = { sequence: count + 3, hash: after.hash };
  for (const given of [{ after: beyond }, { anchors: [beyond] }]) {
    const { fault } = await store.verify(given);
    expect(describeFault(fault!)).toBe(`Entries ${count + 1} to ${count + 3} were removed.`);
  }
});

test("what was exported is verified without the database", async () => {
  const lines = all.map((entry) => JSON.stringify(entry));
  const read = lines.map((line) => JSON.parse(line) as AuditEntry);
  expect(await verifyChain(read)).toMatchObject({ verified: { sequence: count }, fault: undefined });
});
