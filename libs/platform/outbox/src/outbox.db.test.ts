import { openDatabase, type Queryable } from "@runweir/postgres";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOutbox } from "./create-outbox.ts";
import type { OutboxEvent, StoredEvent } from "./event.ts";
import { outboxMigrations } from "./migrations-folder.ts";
import { pruneEvents } from "./prune-events.ts";
import { addReader, readEvents } from "./read-events.ts";
import { recordEvent, recordEvents } from "./record-event.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase([outboxMigrations]);
});
const held: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const letGo of held.splice(0)) await letGo();
  await database.drop();
});

const event = (id: string, more: Partial<OutboxEvent> = {}): OutboxEvent => ({
  workspace: "default",
  time: 1_000,
  kind: "thing.changed",
  actor: { id: "ann", name: "Ann" },
  subject: { id },
  ...more,
});
const idsOf = (events: readonly StoredEvent[]) => events.map(({ subject }) => subject.id);

/** Reads everything there is for a reader. */
async function read(reader: string, limit = 100) {
  const seen: unknown[] = [];
  const handle = async (_: Queryable, events: readonly StoredEvent[]) => void seen.push(...idsOf(events));
  while ((await readEvents(database, reader, { handle, limit })) > 0);
  return seen;
}

/** A transaction that stays open until told. */
async function begin() {
  const client = await database.pool.connect();
  await client.query("BEGIN");
  return {
    client,
    async commit() {
      await client.query("COMMIT");
      client.release();
    },
  };
}

test("an event says all that was recorded", async () => {
  await addReader(database, "all");
  const full = event("1", { model: "fraud", before: { version: "1" }, after: ["2", null, 'ü"\\'] });
  await database.transaction((client) =>
    recordEvents(client, [full, event("2", { before: 0, after: false })]),
  );
  const seen: StoredEvent[] = [];
  const handle = async (_: Queryable, events: readonly StoredEvent[]) => void seen.push(...events);
  await readEvents(database, "all", { handle, limit: 10 });
  expect(seen).toEqual([
    { ...full, place: 1 },
    { ...event("2", { before: 0, after: false }), place: 2, model: undefined },
  ]);
});

test("what is rolled back was never heard of", async () => {
  await addReader(database, "all");
  const failed = database.transaction(async (client) => {
    await recordEvent(client, event("undone"));
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await read("all")).toEqual([]);
});

test("no event is missed when transactions commit in another order than they write", async () => {
  await addReader(database, "all");
  const [first, second, third] = [await begin(), await begin(), await begin()];
  await recordEvent(first.client, event("first"));
  await recordEvent(second.client, event("second"));
  await recordEvent(third.client, event("third"));
  await second.commit();
  expect(await read("all")).toEqual(["second"]);
  await third.commit();
  expect(await read("all")).toEqual(["third"]);
  await first.commit();
  expect(await read("all")).toEqual(["first"]);
});

test("who waited for a lock comes after who held it, whichever transaction began first", async () => {
  await addReader(database, "all");
  await database.query("CREATE TABLE thing AS SELECT 1 AS id");
  const [early, late] = [await begin(), await begin()];
  await early.client.query("SELECT pg_current_xact_id()");
  await late.client.query("SELECT FROM thing FOR UPDATE");
  const waited = early.client
    .query("SELECT FROM thing FOR UPDATE")
    .then(() => recordEvent(early.client, event("waited")));
  await recordEvent(late.client, event("held"));
  await late.commit();
  await waited;
  await early.commit();
  expect(await read("all")).toEqual(["held", "waited"]);
});

test("many writers and readers at once: each reader has every event once, each writer's in order", async () => {
  const names = ["webhooks", "mail"];
  for (const name of names) await addReader(database, name);
  const heard = new Map(names.map((name) => [name, [] as { place: number; id: string }[]]));
  const others = [1, 2].map(() => openDatabase({ url: database.url, applicationName: "other" }));
  held.push(...others.map((other) => () => other.close()));
  const writers = 6;
  const rounds = 40;
  let writing = writers;

  async function write(writer: number): Promise<void> {
    for (let round = 0; round < rounds; round++)
      await database.transaction(async (client) => {
        await recordEvent(client, event(`${writer}:${round}:a`));
        // Others commit meanwhile what has greater ids.
        await client.query("SELECT pg_sleep($1)", [((writer * 7 + round * 3) % 5) / 1_000]);
        await recordEvent(client, event(`${writer}:${round}:b`));
      });
    writing--;
  }
  async function follow(name: string, other: (typeof others)[number]): Promise<void> {
    for (let idle = 0; writing > 0 || idle < 3; ) {
      const read = await readEvents(other, name, {
        limit: 7,
        handle: async (_, events) =>
          void heard
            .get(name)
            ?.push(...events.map(({ place, subject }) => ({ place, id: String(subject.id) }))),
      });
      idle = read === 0 ? idle + 1 : 0;
    }
  }
  await Promise.all([
    ...Array.from({ length: writers }, (_, writer) => write(writer)),
    ...names.flatMap((name) => others.map((other) => follow(name, other))),
  ]);
  for (const name of names) {
    // Whatever the two left to each other at the very end.
    await follow(name, others[0] as (typeof others)[number]);
    const events = heard.get(name) ?? [];
    expect(events.map(({ place }) => place)).toEqual(Array.from({ length: events.length }, (_, n) => n + 1));
    expect(events).toHaveLength(writers * rounds * 2);
    for (let writer = 0; writer < writers; writer++)
      expect(events.filter(({ id }) => id.startsWith(`${writer}:`)).map(({ id }) => id)).toEqual(
        Array.from({ length: rounds }, (_, round) => [`${writer}:${round}:a`, `${writer}:${round}:b`]).flat(),
      );
  }
});

test("while one reads under a name, another under that name has nothing, and other names are free", async () => {
  for (const name of ["webhooks", "mail"]) await addReader(database, name);
  await database.transaction((client) => recordEvent(client, event("1")));
  let others: unknown;
  const handle = async () => {
    others = [await read("webhooks"), await read("mail")];
  };
  expect(await readEvents(database, "webhooks", { handle, limit: 10 })).toBe(1);
  expect(others).toEqual([[], ["1"]]);
  expect(await read("webhooks")).toEqual([]);
});

test("what a handler throws undoes what it wrote, and the events come again", async () => {
  await addReader(database, "all");
  await database.query("CREATE TABLE sent (id text)");
  await database.transaction((client) => recordEvents(client, [event("1"), event("2")]));
  const handle = async (client: Queryable, events: readonly StoredEvent[]) => {
    await client.query("INSERT INTO sent SELECT unnest($1::text[])", [idsOf(events)]);
    throw new Error("broken");
  };
  await expect(readEvents(database, "all", { handle, limit: 10 })).rejects.toThrow("broken");
  expect(await database.query("SELECT id FROM sent")).toEqual([]);
  expect(await read("all", 1)).toEqual(["1", "2"]);
});

test("a new reader begins with what comes after it", async () => {
  await database.transaction((client) => recordEvent(client, event("before")));
  await addReader(database, "new");
  await database.transaction((client) => recordEvent(client, event("after")));
  await addReader(database, "new");
  expect(await read("new")).toEqual(["after"]);
});

test("pruning keeps what is young and what any reader has not had", async () => {
  const kept = async () =>
    (
      await database.query<{ id: string }>("SELECT subject->>'id' AS id FROM outbox.event e ORDER BY e.id")
    ).map(({ id }) => id);
  await addReader(database, "fast");
  await addReader(database, "slow");
  await database.transaction((client) =>
    recordEvents(client, [event("old"), event("young", { time: 9_000 }), event("old too")]),
  );
  expect(await pruneEvents(database, { before: 5_000 })).toBe(0);
  await read("fast");
  expect(await pruneEvents(database, { before: 5_000 })).toBe(0);
  await readEvents(database, "slow", { handle: async () => {}, limit: 2 });
  expect(await pruneEvents(database, { before: 5_000 })).toBe(1);
  expect(await kept()).toEqual(["young", "old too"]);
  expect(await read("slow")).toEqual(["old too"]);
  expect(await pruneEvents(database, { before: 5_000 })).toBe(1);
  expect(await kept()).toEqual(["young"]);
});

test("pruning goes through many in pieces, and needs no reader", async () => {
  await database.transaction((client) =>
    client.query(`INSERT INTO outbox.event (workspace, time, kind, actor_id, actor_name, subject)
      SELECT 'default', 1, 'thing.changed', 'ann', 'Ann', '{}' FROM generate_series(1, 12000)`),
  );
  await addReader(database, "late");
  expect(await pruneEvents(database, { before: 5_000 })).toBe(12_000);
});

test("followers hear of what is committed, also after their connection broke and a handler failed", async () => {
  const errors: string[] = [];
  const outbox = createOutbox({
    database,
    clock: { now: () => 2_000 },
    onError: (message) => void errors.push(message),
  });
  held.push(() => outbox.close());
  const seen: unknown[] = [];
  let broken = false;
  outbox.follow("all", async (_, events) => {
    if (broken) {
      broken = false;
      throw new Error("broken");
    }
    seen.push(...idsOf(events));
  });
  const record = (id: string) => database.transaction((client) => recordEvent(client, event(id)));
  const heard = (ids: readonly string[]) => expect.poll(() => seen).toEqual(ids);
  const known = () => database.query("SELECT FROM outbox.reader");
  await expect.poll(known).toHaveLength(1);
  await record("1");
  await heard(["1"]);
  await database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
  );
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  await record("2");
  await heard(["1", "2"]);
  broken = true;
  await record("3");
  await heard(["1", "2", "3"]);
  expect(errors).toContain("all could not take its events; they come again.");
});
