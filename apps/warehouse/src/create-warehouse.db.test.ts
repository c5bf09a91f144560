import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as streamText } from "node:stream/consumers";
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { openDatabase } from "@runweir/postgres";
import { createTestDatabase } from "@runweir/postgres/testing";
import { schemaVersion } from "@runweir/snapshot-domain";
import { openSnapshotFolder } from "@runweir/snapshot-duckdb";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
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
  // Of nothing at all no snapshot is made.
  await insertRun(database, "there");
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
  const current = async () =>
    (await database.query<{ seq: number }>("SELECT seq FROM snapshot.current"))[0]?.seq ?? 0;
  const before = await current();
  await insertRun(database, "first");
  const warehouse = await startWarehouse();
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(await current()).toBe(before + 1);
    expect(await readdir(join(folder, "default"))).toEqual(["data", "manifests"]);
    expect(await (await fetch(`${address}/metrics`)).text()).toMatch(
      new RegExp(`runweir_snapshot_seq\\{.*\\} ${before + 1}\n`),
    );

    await database.query("ALTER TABLE snapshot.change RENAME TO changed");
    await warehouse.runNow();
    const answer = await fetch(`${address}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("does not exist");
    await database.query("ALTER TABLE snapshot.changed RENAME TO change");
    await insertRun(database, "second");
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(await current()).toBe(before + 2);
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
  await database.query("DELETE FROM analytics.query_history");
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

test("a long statement over an old snapshot reads files that it had not come to when they were cleared up behind it", async () => {
  const warehouse = await startWarehouse();
  const collect = () =>
    createSnapshotCatalog(database).collectGarbage(
      "default",
      { snapshots: 1, seconds: 0, graceSeconds: 0 },
      openSnapshotFolder(join(folder, "default")).sweep,
    );
  const missing = (names: ReadonlySet<string>, from: ReadonlySet<string>) =>
    [...names].filter((name) => !from.has(name));
  const runFiles = async (): Promise<ReadonlySet<string>> =>
    new Set(await readdir(join(folder, "default/data/runs")));
  let old: ReadonlySet<string> = new Set();
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    const before = await runFiles();
    await insertRun(database, "read-for-long");
    await database.query("UPDATE tracking.run SET run_name = 'before'");
    await warehouse.runNow();
    await collect();
    old = new Set(missing(await runFiles(), before));
    expect(old.size).toBeGreaterThan(0);
    const [was] = await database.query<{ seq: number }>("SELECT seq FROM snapshot.current");
    // More than fits into every buffer between DuckDB and here, so that it waits for its reader; runs come last.
    const asked = await fetch(`${address}/api/sql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/csv" },
      body: JSON.stringify({
        sql: "SELECT repeat('x', 100) AS text FROM range(400000) UNION ALL SELECT run_name FROM runs",
        snapshot: was?.seq,
      }),
    });
    expect(asked.status).toBe(200);
    const reader = (asked.body as ReadableStream<Uint8Array>).getReader();
    const first = await reader.read();
    let between = old;
    for (const name of ["after", "long after"]) {
      between = await runFiles();
      await database.query("UPDATE tracking.run SET run_name = $1", [name]);
      await warehouse.runNow();
      expect(await collect()).toBe(true);
    }
    const left = await runFiles();
    expect(missing(old, left)).toEqual([]);
    // Those of the snapshot between the two, which nobody holds, are gone.
    expect(missing(between, left).length).toBeGreaterThan(0);
    const parts = [first.value ?? new Uint8Array()];
    for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
    const lines = Buffer.concat(parts).toString("utf8").trimEnd().split("\r\n");
    const [{ runs } = { runs: 0 }] = await database.query<{ runs: number }>(
      "SELECT count(*)::INT AS runs FROM tracking.run",
    );
    expect(lines.length).toBe(1 + 400_000 + runs);
    expect(new Set(lines.slice(-runs))).toEqual(new Set(["before"]));
  } finally {
    await warehouse.close();
  }
  expect(await collect()).toBe(true);
  expect(missing(old, await runFiles())).toEqual([...old]);
});

test("while Postgres is away nothing is made or told, and the service says so; then it goes on by itself", async () => {
  const warehouse = await startWarehouse();
  const admin = openDatabase({ url: process.env.RUNWEIR_TEST_POSTGRES ?? "", applicationName: "away" });
  const name = new URL(database.url).pathname.slice(1);
  const allow = (allowed: boolean) => admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS ${allowed}`);
  try {
    const address = await warehouse.listen();
    await insertRun(database, "before-it-goes");
    await warehouse.runNow();
    const ask = () =>
      fetch(`${address}/api/sql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ sql: "SELECT count(*) FROM runs" }),
      });
    const counted = async () => ((await (await ask()).json()) as { rows: [[number]] }).rows[0][0];
    const before = await counted();
    await insertRun(database, "since");
    await allow(false);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    await warehouse.runNow();
    const ready = await fetch(`${address}/health/ready`);
    expect(ready.status).toBe(503);
    for (const answer of [await ask(), await fetch(`${address}/api/snapshots`, { method: "POST" })]) {
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toMatch(/pg_|stack|\/src\//);
    }
    await allow(true);
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(await counted()).toBe(before + 1);
  } finally {
    await allow(true);
    await admin.close();
    await warehouse.close();
  }
});

test("a link that was changed, borrowed or made up is refused, and tells of no file", async () => {
  const warehouse = await startWarehouse();
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    const answer = await fetch(`${address}/api/snapshots/latest/links`, { method: "POST" });
    const { tables, snapshot } = (await answer.json()) as Links;
    const of = (table: string) => tables.find((one) => one.name === table)?.files[0]?.url ?? "";
    const good = of("runs");
    expect((await fetch(address + good)).status).toBe(200);
    const [token = "", table = "", name = ""] = good.split("/").slice(-3);
    const [claim = "", signature = ""] = token.split(".");
    const [workspace, seconds, maker] = JSON.parse(Buffer.from(claim, "base64url").toString()) as unknown[];
    const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const at = (newToken: string, rest = `${table}/${name}`, number: string | number = snapshot) =>
      `/api/snapshots/${number}/files/${newToken}/${rest}`;
    const longer = forged(workspace, Number(seconds) + 86_400, maker);
    const etc = [
      "../../../../../etc/passwd",
      "..%2f..%2f..%2fetc%2fpasswd",
      "%2e%2e/%2e%2e/etc/passwd",
      "%2fetc%2fpasswd",
    ];
    const hostile = [
      ...etc.map((path) => at(token, path)),
      ...etc.map((path) => at(token, `runs/${path}`)),
      at(token, `runs/${name}%00.txt`),
      at(token, `runs/${name}%20`),
      at(token, `RUNS/${name}`),
      at(token, `experiments/${of("experiments").split("/").at(-1)}`),
      at(of("experiments").split("/").at(-3) ?? ""),
      at(`${longer}.${signature}`),
      at(`${forged("other", seconds, maker)}.${signature}`),
      at(`${forged(workspace, seconds, { kind: "user", id: "root" })}.${signature}`),
      at(`${forged(workspace, "1e999", maker)}.${signature}`),
      at(`${claim}.`),
      at(claim),
      at(`.${signature}`),
      at("."),
      at(`${claim}.${signature.slice(0, -4)}`),
      at(`${claim}.${Buffer.alloc(32).toString("base64url")}`),
      at(`${claim}.${"A".repeat(10_000)}`),
      at(`${"A".repeat(10_000)}.${signature}`),
      at(`%7b%7d.${signature}`),
      ...[snapshot + 1, 0, -1, "latest", "1e3", "9007199254740993", "%00"].map((number) =>
        at(token, undefined, number),
      ),
    ];
    const wrong: unknown[] = [];
    for (const path of hostile) {
      const { status, text } = await getRaw(address, path);
      if (status < 400 || status >= 500 || /root:|PAR1/.test(text) || text.includes(folder))
        wrong.push({ path: path.slice(0, 200), status, text: text.slice(0, 200) });
    }
    expect(wrong).toEqual([]);
    for (const method of ["POST", "PUT", "DELETE", "PATCH"])
      expect((await fetch(address + good, { method })).status, method).toBe(404);
    for (const range of ["bytes=999999999-", "bytes=-0", "bytes=99999999999999999999-"])
      expect((await fetch(address + good, { headers: { range } })).status, range).toBe(416);
    expect((await fetch(address + good)).status).toBe(200);
  } finally {
    await warehouse.close();
  }
});

/** As it is written: `fetch` would tidy dots away. */
async function getRaw(
  address: string,
  path: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const { hostname, port } = new URL(address);
  const asked = request({ hostname, port, path });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, text: await streamText(answer) };
}

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
