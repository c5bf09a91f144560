import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { createTestDatabase } from "@runweir/postgres/testing";
import { schemaVersion } from "@runweir/snapshot-domain";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWarehouseSettings } from "./config.ts";
import { createWarehouse } from "./create-warehouse.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: string;
const secretKey = randomBytes(32).toString("base64");
beforeAll(async () => {
  database = await createTestDatabase([]);
  await prepareDatabase(database.url);
  folder = await mkdtemp(join(tmpdir(), "runweir-warehouse-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

function startWarehouse(environment: Readonly<Record<string, string>> = {}) {
  const { settings, databaseUrl } = readWarehouseSettings({
    RUNWEIR_DATABASE_URL: database.url,
    RUNWEIR_WAREHOUSE_PORT: "0",
    RUNWEIR_SNAPSHOT_FOLDER: folder,
    RUNWEIR_SNAPSHOT_SECONDS: "3600",
    RUNWEIR_SECRET_KEY: secretKey,
    RUNWEIR_LOG_LEVEL: "silent",
    ...environment,
  });
  return createWarehouse({ settings, databaseUrl });
}

test("the service makes snapshots, says so, and is not ready when it cannot", async () => {
  await insertRun(database, "first");
  const warehouse = await startWarehouse();
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const [current] = await database.query<{ seq: number }>("SELECT seq FROM snapshot.current");
    expect(current?.seq).toBe(1);
    expect(await readdir(join(folder, "default"))).toEqual(["data", "manifests"]);
    expect(await (await fetch(`${address}/metrics`)).text()).toMatch(/runweir_snapshot_seq\{.*\} 1\n/);

    await database.query("ALTER TABLE snapshot.change RENAME TO changed");
    await warehouse.runNow();
    const answer = await fetch(`${address}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("does not exist");
    await database.query("ALTER TABLE snapshot.changed RENAME TO change");
    await insertRun(database, "second");
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect((await database.query("SELECT seq FROM snapshot.current WHERE seq = 2")).length).toBe(1);
  } finally {
    await warehouse.close();
  }
});

test("asked, it makes one at once, for many who ask at a time; nothing new is nothing done", async () => {
  const warehouse = await startWarehouse();
  try {
    const snapshots = `${await warehouse.listen()}/api/snapshots`;
    const make = async () =>
      (await (await fetch(snapshots, { method: "POST" })).json()) as { number: number; published: boolean };
    // The schedule's first look is over: nobody but those who ask makes one from here on.
    await warehouse.runNow();
    const { number } = await make();
    await insertRun(database, "third");
    const made = await Promise.all(Array.from({ length: 8 }, make));
    expect(made.filter(({ published }) => published).length).toBeGreaterThan(0);
    expect(new Set(made.map((one) => one.number))).toEqual(new Set([number + 1]));
    expect(await make()).toMatchObject({ number: number + 1, published: false, files: expect.any(Number) });

    const list = (await (await fetch(snapshots)).json()) as {
      current: { number: number; age_seconds: number };
      snapshots: readonly { number: number }[];
    };
    expect(list.current.number).toBe(number + 1);
    expect(list.current.age_seconds).toBeGreaterThanOrEqual(0);
    expect(list.snapshots.map((one) => one.number).slice(0, 2)).toEqual([number + 1, number]);
    const described = await (await fetch(`${snapshots}/${number}`)).json();
    expect(described).toMatchObject({ number, schema_version: schemaVersion });
    expect((await fetch(`${snapshots}/${number + 5}`)).status).toBe(404);
  } finally {
    await warehouse.close();
  }
});

test("SQL is answered from the newest snapshot, with what came since on request, and recorded", async () => {
  const warehouse = await startWarehouse();
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    const count = async (body: object) => {
      const answer = await fetch(`${address}/api/sql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ sql: "SELECT count(*) FROM runs_latest", ...body }),
      });
      return (await answer.json()) as {
        rows: [[number]];
        snapshot: { number: number; tail_until: string | null };
      };
    };
    const before = await count({});
    await insertRun(database, "of-the-tail");
    expect((await count({})).rows).toEqual(before.rows);
    const live = await count({ tail: true });
    expect(live.rows[0][0]).toBe(before.rows[0][0] + 1);
    expect([before.snapshot.tail_until, live.snapshot.tail_until]).toEqual([null, expect.any(String)]);
    const { tables } = (await (await fetch(`${address}/api/sql/schema`)).json()) as {
      tables: readonly { name: string; columns: readonly { name: string }[] }[];
    };
    for (const { name, columns } of tables) {
      const described = await count({ sql: `SELECT column_name FROM (DESCRIBE ${name})` });
      expect(described.rows.flat()).toEqual(columns.map((column) => column.name));
    }
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toMatch(/runweir_sql_duration_seconds_count\{.*outcome="answered".*\} \d+\n/);
    expect(metrics).toMatch(/runweir_sql_statements\{.*state="waiting".*\} 0\n/);
  } finally {
    await warehouse.close();
  }
  const kept = await database.query<{ sql: string; outcome: { state: string } }>(
    "SELECT sql, outcome FROM analytics.query_history ORDER BY entry_no",
  );
  expect(kept.slice(0, 3).map(({ sql, outcome }) => [sql, outcome.state])).toEqual(
    Array.from({ length: 3 }, () => ["SELECT count(*) FROM runs_latest", "done"]),
  );
});

test("files of a snapshot are read by signed links, whole and in parts, until the links end", async () => {
  const warehouse = await startWarehouse();
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    const ask = async (body?: object, number = "latest") => {
      const answer = await fetch(`${address}/api/snapshots/${number}/links`, {
        method: "POST",
        ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      return { status: answer.status, body: (await answer.json()) as Links };
    };
    const { body } = await ask();
    expect(body.tables.map(({ name }) => name)).toContain("metric_points");
    const chosen = await ask({ tables: ["runs"], seconds: 60 }, String(body.snapshot));
    expect(chosen.body.tables.map(({ name }) => name)).toEqual(["runs"]);
    const [file] = chosen.body.tables[0]?.files ?? [];
    const url = address + file?.url;
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(createHash("sha256").update(whole).digest("hex")).toBe(file?.sha256);
    const end = await fetch(url, { headers: { range: "bytes=-4" } });
    expect([end.status, await end.text(), end.headers.get("content-range")]).toEqual([
      206,
      "PAR1",
      `bytes ${whole.length - 4}-${whole.length - 1}/${whole.length}`,
    ]);
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(whole.length)]);

    expect((await fetch(url.replace("/runs/", "/params/"))).status).toBe(403);
    expect((await fetch(url.replace(/\/files\/./, "/files/x"))).status).toBe(403);
    expect((await ask({ tables: ["nobody"] })).status).toBe(400);
    expect((await ask({ seconds: 5 })).status).toBe(400);
    expect((await ask(undefined, "99")).status).toBe(404);
  } finally {
    await warehouse.close();
  }
});

interface Links {
  readonly snapshot: number;
  readonly tables: readonly {
    readonly name: string;
    readonly files: readonly { readonly url: string; readonly sha256: string }[];
  }[];
}

test("two of them on one database share the work", async () => {
  const both = await Promise.all([startWarehouse(), startWarehouse()]);
  try {
    const addresses = await Promise.all(both.map((one) => one.listen()));
    await insertRun(database, "fourth");
    const made = await Promise.all(
      addresses.map(async (address) => {
        const answer = await fetch(`${address}/api/snapshots`, { method: "POST" });
        return (await answer.json()) as { number: number };
      }),
    );
    expect(new Set(made.map(({ number }) => number)).size).toBe(1);
  } finally {
    await Promise.all(both.map((one) => one.close()));
  }
});
