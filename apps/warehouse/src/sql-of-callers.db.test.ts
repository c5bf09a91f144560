import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limitsOfRole } from "@runweir/analytics-domain";
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { createCallerAssertions } from "@runweir/http";
import { type Caller, localOwner, type TokenScope } from "@runweir/identity-domain";
import { batchOf } from "@runweir/ingest-domain/testing";
import { createTestDatabase, watchChanges } from "@runweir/postgres/testing";
import { parseInstanceKeys } from "@runweir/secrets";
import { createDirectLog } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readWarehouseSettings } from "./config.ts";
import { createWarehouse, type Warehouse } from "./create-warehouse.ts";

const key = Buffer.from(Array.from({ length: 32 }, (_, place) => (place * 11 + 3) % 256)).toString("base64");
const assertions = createCallerAssertions({
  keys: parseInstanceKeys(key, "HERE"),
  audience: "warehouse",
  now: () => new Date(),
});

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: string;
let warehouse: Warehouse;
let address: string;

beforeAll(async () => {
  database = await createTestDatabase([]);
  await prepareDatabase(database.url);
  folder = await mkdtemp(join(tmpdir(), "runweir-warehouse-"));
  const { settings, databaseUrl } = readWarehouseSettings({
    RUNWEIR_DATABASE_URL: database.url,
    RUNWEIR_WAREHOUSE_PORT: "0",
    RUNWEIR_SNAPSHOT_FOLDER: folder,
    RUNWEIR_SNAPSHOT_SECONDS: "3600",
    RUNWEIR_SECRET_KEY: key,
    RUNWEIR_IDENTITY: "required",
    RUNWEIR_LOG_LEVEL: "silent",
  });
  await insertRun(database, "open", 1);
  await insertRun(database, "secret", 2);
  await hide("secret", "2");
  await insertRun(database, "elsewhere", 3, "other");
  await database.query("INSERT INTO identity.workspace (name, creation_time) VALUES ('other', 0)");
  await database.query(
    `INSERT INTO identity."user" (id, username, name, is_administrator) VALUES ('root', 'root', 'root', true)`,
  );
  await member("viewer", "viewer");
  await member("guest", "guest");
  await member("denied", "viewer");
  await grant("guest", "allow", "1");
  await grant("denied", "deny", "2");
  warehouse = await createWarehouse({ settings, databaseUrl });
  address = await warehouse.listen();
  await warehouse.runNow();
});
afterAll(async () => {
  await warehouse.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A word that stands in everything of a run and its experiment but their ids. */
const hushed = "hush-4711";

async function hide(runId: string, experimentId: string): Promise<void> {
  const direct = createDirectLog({ database });
  await direct.append({ workspace: "default", runId, points: batchOf([[hushed, 1, 1, 1]]) });
  await direct.close();
  const write = (statement: string, id: string) => database.query(statement, [id, hushed]);
  await write("UPDATE tracking.run SET run_name = $2, user_id = $2 WHERE run_id = $1", runId);
  await write("UPDATE tracking.experiment SET name = $2 WHERE experiment_id = $1", experimentId);
  for (const table of ["run_param", "run_tag"])
    await write(
      `INSERT INTO tracking.${table} SELECT run_no, $2, $2 FROM tracking.run WHERE run_id = $1`,
      runId,
    );
}

function member(id: string, role: string) {
  return database.query("INSERT INTO identity.workspace_member VALUES ('default', 'user', $1, $2, 0)", [
    id,
    role,
  ]);
}

function grant(id: string, effect: string, experimentId: string) {
  return database.query(
    `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, experiment_id, holder_kind,
       holder_id, created_by, creation_time) VALUES ($1, 'default', $2, 'read', 'experiment', $3, 'user', $1, 'x', 0)`,
    [id, effect, experimentId],
  );
}

function user(
  id: string,
  more: { workspace?: string; administrator?: boolean; scope?: TokenScope } = {},
): Caller {
  return {
    principal: { kind: "user", id, name: id },
    workspace: more.workspace ?? "default",
    requestId: "r",
    // What they may do is the warehouse's to find out: this says they may do everything.
    rights: { ...localOwner("r").rights, administrator: more.administrator === true, scope: more.scope },
  };
}

async function get(
  caller: Caller | string | undefined,
  path: string,
  body?: object,
  accept = "application/json",
): Promise<Response> {
  const assertion = typeof caller === "object" ? await assertions.sign(caller) : caller;
  return fetch(`${address}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      accept,
      ...(assertion === undefined ? {} : { authorization: `Bearer ${assertion}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const ask = (caller: Caller | string | undefined, sql: string, more: object = {}) =>
  get(caller, "/api/sql", { sql, ...more });

async function rowsOf(caller: Caller, sql: string, more: object = {}): Promise<unknown[]> {
  const answer = await ask(caller, sql, more);
  const { rows, message } = (await answer.json()) as { rows?: unknown[][]; message?: string };
  if (rows === undefined) throw new Error(message);
  return rows.flat();
}

const runs = "SELECT run_id FROM runs ORDER BY run_id";

test.each([
  ["viewer", user("viewer"), ["open", "secret"]],
  ["guest", user("guest"), ["open"]],
  ["denied", user("denied"), ["open"]],
  ["administrator", user("root", { administrator: true }), ["open", "secret"]],
  ["one-experiment token", user("viewer", { scope: { access: "read", experimentIds: ["2"] } }), ["secret"]],
  ["local owner", localOwner("r"), ["open", "secret"]],
] as const)(
  "%s sees their own rows, and the same in what was logged since",
  async (_who, caller, expected) => {
    expect(await rowsOf(caller, runs)).toEqual(expected);
    expect(await rowsOf(caller, runs, { tail: true })).toEqual(expected);
  },
);

test("who belongs to no workspace, brings nothing or something wrong, is told nothing", async () => {
  expect((await ask(user("outsider"), runs)).status).toBe(403);
  expect((await ask(user("viewer", { workspace: "other" }), runs)).status).toBe(403);
  expect((await ask(user("viewer", { scope: { access: "ingest" } }), runs)).status).toBe(403);
  expect((await ask(undefined, runs)).status).toBe(401);
  expect((await ask("nonsense", runs)).status).toBe(401);
});

test("views of other systems' names say which workspace their rows are of", async () => {
  const placed = "SELECT run_id, workspace_id FROM runs_latest ORDER BY run_id";
  const there = user("root", { administrator: true, workspace: "other" });
  expect(await rowsOf(there, placed)).toEqual(["elsewhere", "other"]);
  expect(await rowsOf(user("viewer"), placed)).toEqual(["open", "default", "secret", "default"]);
});

test("each role has its own limits, to the row and the second", async () => {
  await member("one-editor", "editor");
  await member("one-admin", "admin");
  const most = { guest: "viewer", viewer: "viewer", "one-editor": "editor", "one-admin": "admin" } as const;
  for (const [id, role] of Object.entries(most))
    for (const field of ["rows", "seconds"] as const) {
      const limit = limitsOfRole[role][field];
      const ask = (asked: number) =>
        get(user(id), "/api/sql", { sql: "SELECT 1", limits: { [field]: asked }, history: false });
      expect([id, field, (await ask(limit)).status]).toEqual([id, field, 200]);
      const refused = await (await ask(limit + 1)).text();
      expect(refused, `${field} of ${id}`).toContain(`1 to ${limit} are allowed`);
    }
});

test("rights are those of the moment, whatever was answered before", async () => {
  const caller = user("changing");
  expect((await ask(caller, runs)).status).toBe(403);
  await member("changing", "viewer");
  expect(await rowsOf(caller, runs)).toEqual(["open", "secret"]);
  await grant("changing", "deny", "2");
  expect(await rowsOf(caller, runs)).toEqual(["open"]);
});

/** Statements on a view, and how each is answered: rows that may be seen, or a refusal. */
function hostileOf(view: string, column: string): readonly (readonly [string, number])[] {
  const found = `${column} LIKE 'hush%'`;
  const answered = [
    `SELECT * FROM main.${view}`,
    `SELECT v FROM ${view} v`,
    `SELECT v::VARCHAR FROM ${view} v`,
    `SELECT to_json(v) FROM ${view} v`,
    `WITH ${view} AS (SELECT * FROM ${view}) SELECT * FROM ${view}`,
    `SELECT * FROM ${view} WHERE ${found} OR 1 = 1`,
    `SELECT min(${column}), max(${column}), string_agg(${column}), list(${column}), mode(${column}) FROM ${view}`,
    `SELECT histogram(${column}), approx_top_k(${column}, 9), any_value(${column}) FROM ${view}`,
    `SUMMARIZE ${view}`,
    `SUMMARIZE SELECT * FROM ${view}`,
    `DESCRIBE ${view}`,
    `SELECT * FROM (FROM ${view} UNION ALL FROM ${view})`,
    `SELECT * FROM ${view} TABLESAMPLE 100%`,
    `SELECT * FROM ${view} a FULL JOIN ${view} b USING (${column})`,
    `SELECT * FROM ${view} a ANTI JOIN ${view} b ON a.${column} = b.${column}`,
    `SELECT first_value(${column}) OVER (ORDER BY ${column} DESC), lead(${column}) OVER () FROM ${view}`,
    `SELECT (SELECT max(${column}) FROM ${view}), EXISTS (FROM ${view} WHERE ${found})`,
    `SELECT l.* FROM (SELECT 1), LATERAL (SELECT * FROM ${view}) l`,
    `SELECT * FROM ${view} QUALIFY row_number() OVER (ORDER BY ${found} DESC) = 1`,
    // Would fail on a hidden row.
    `SELECT * FROM ${view} WHERE CASE WHEN ${found} THEN error(${column}) ELSE true END`,
    `SELECT * FROM ${view} ORDER BY CASE WHEN ${found} THEN error(${column}) END`,
    `SELECT count(*) FILTER (CASE WHEN ${found} THEN error(${column}) ELSE true END) FROM ${view}`,
  ];
  const refused = [
    `SELECT * FROM system.mlflow.${view}`,
    `SELECT * FROM memory.main.${view}`,
    `SELECT * FROM visible.${view}`,
    `SELECT * FROM ${view} AT (VERSION => 1)`,
    `FROM query('FROM ${view}')`,
    `FROM query_table('${view}')`,
    `SELECT sql FROM duckdb_views() WHERE view_name = '${view}'`,
    `FROM pragma_table_info('${view}')`,
    `SELECT pg_get_viewdef('${view}')`,
    `SHOW ${view}; SELECT 1`,
    `CREATE OR REPLACE VIEW ${view} AS SELECT 1`,
    `DROP VIEW ${view}`,
    `DELETE FROM ${view}`,
    `UPDATE ${view} SET ${column} = 'x'`,
    `COPY ${view} TO '/tmp/x'`,
    `ALTER VIEW ${view} RENAME TO x`,
  ];
  return [
    ...answered.map((sql) => [sql, 200] as const),
    ...refused.map((sql) => [sql, /;/.test(sql) ? 400 : 403] as const),
  ];
}

/** Ways round the rows that a caller may see, tried elsewhere. */
describe.each([user("guest"), user("denied")])("for $principal.name", (caller) => {
  test.each([
    ["CVE-2023-40610: a common table expression", `WITH r AS (${runs}) SELECT * FROM r`],
    [
      "CVE-2026-23984: one with the name of a table",
      "WITH runs AS (SELECT * FROM runs) SELECT run_id FROM runs",
    ],
    [
      "a recursive one",
      "WITH RECURSIVE r AS (SELECT run_id FROM runs UNION SELECT run_id FROM r) SELECT * FROM r",
    ],
    ["a subquery", "SELECT (SELECT max(run_id) FROM runs)"],
    ["a set", "SELECT run_id FROM runs UNION SELECT run_id FROM runs_latest"],
    ["a lateral join", "SELECT r.run_id FROM (SELECT 1), LATERAL (SELECT run_id FROM runs) r"],
    [
      "CVE-2024-9264: a condition that sees rows first",
      "SELECT run_id FROM runs WHERE run_id <> '' OR 1/0 > 0",
    ],
  ])("%s shows none of the others", async (_name, sql) => {
    expect(await rowsOf(caller, sql)).toEqual(["open"]);
  });

  test.each([
    "SELECT * FROM main.runs_all",
    "SELECT * FROM visible.experiments",
    "SELECT * FROM read_parquet('/etc/passwd')",
    "SELECT * FROM models",
    "SELECT * FROM model_versions",
    "SELECT count(*) FROM duckdb_tables()",
    "COPY (SELECT 1) TO '/tmp/x'",
  ])("%s is refused", async (sql) => {
    expect((await ask(caller, sql)).status).toBeGreaterThanOrEqual(400);
  });

  test.each([
    ["experiments_latest", "name"],
    ["runs_latest", "run_name"],
    ["run_metrics_history", "metric_name"],
  ])("%s tells nothing of what the tables below it hide, however it is asked", async (view, column) => {
    const all = `SELECT * FROM ${view}`;
    expect(await (await ask(user("viewer"), all)).text(), "who may see it").toContain(hushed);
    const wrong: unknown[] = [];
    for (const [sql, status] of hostileOf(view, column)) {
      const answer = await ask(caller, sql);
      const told = await answer.text();
      if (answer.status !== status || told.includes(hushed) || /\.parquet|read_parquet/.test(told))
        wrong.push([sql, answer.status, told.slice(0, 200)]);
    }
    expect(wrong).toEqual([]);
    for (const accept of [
      "text/csv",
      "application/vnd.apache.arrow.stream",
      "application/vnd.apache.parquet",
    ])
      for (const tail of [false, true]) {
        const answer = await get(caller, "/api/sql", { sql: all, tail }, accept);
        const told = Buffer.from(await answer.arrayBuffer()).toString("latin1");
        expect([answer.status, told.includes(hushed)], `${accept} ${tail}`).toEqual([200, false]);
      }
  });

  test("no file of a snapshot, and no link to one", async () => {
    expect((await get(caller, "/api/snapshots")).status).toBe(200);
    expect((await get(caller, "/api/snapshots/1")).status).toBe(403);
    expect((await get(caller, "/api/snapshots/1/links", {})).status).toBe(403);
    expect((await get(user("viewer"), "/api/snapshots/1/links", {})).status).toBe(200);
  });
});

test.each([
  ["CVE-2024-9264, CVE-2026-33380", "SELECT * FROM read_csv('/etc/passwd')"],
  ["CVE-2024-9264, CVE-2026-27876", "SELECT * FROM read_text('/etc/passwd')"],
  ["CVE-2024-41672", "SELECT * FROM sniff_csv('/etc/passwd')"],
  ["CVE-2024-22682", "LOAD '/tmp/x.duckdb_extension'"],
  ["CVE-2024-22682", "INSTALL shellfs FROM community"],
  ["CVE-2026-27876", "COPY (SELECT 1) TO '/tmp/x'"],
])("%s: an administrator's SQL reaches no file and loads nothing (%s)", async (_ids, sql) => {
  const administrator = user("root", { administrator: true });
  expect((await ask(administrator, runs)).status, "who may ask").toBe(200);
  const answer = await ask(administrator, sql);
  expect([answer.status, (await answer.text()).includes("root:")]).toEqual([403, false]);
});

test("a link to a file ends with the token or session it was made with, and with its maker's account", async () => {
  await member("linker", "viewer");
  await database.query(
    `INSERT INTO identity."user" (id, username, name) VALUES ('linker', 'linker', 'linker')`,
  );
  await database.query(
    `INSERT INTO identity.api_token (token_id, hash, owner_kind, owner_id, name, access, created_by, creation_time)
     VALUES ('t1', '\\x01', 'user', 'linker', 'test', 'read', 'linker', 0)`,
  );
  await database.query(
    `INSERT INTO identity.session (id, token, user_id, expires_at) VALUES ('s1', 'secret', 'linker', now() + interval '1 hour')`,
  );
  const linkBy = async (credential: { tokenId?: string; sessionId?: string }) => {
    const caller = { ...user("linker"), origin: { door: "api", ...credential } as const };
    const answer = await get(caller, "/api/snapshots/1/links", { tables: ["runs"] });
    const { tables } = (await answer.json()) as { tables: { files: { url: string }[] }[] };
    const url = tables[0]?.files[0]?.url ?? "";
    return async () => (await fetch(`${address}${url}`)).status;
  };
  const [byToken, bySession, byPassword] = [
    await linkBy({ tokenId: "t1" }),
    await linkBy({ sessionId: "s1" }),
    await linkBy({}),
  ];
  const statuses = async () => [await byToken(), await bySession(), await byPassword()];
  expect(await statuses()).toEqual([200, 200, 200]);
  await database.query("DELETE FROM identity.api_token WHERE token_id = 't1'");
  expect(await statuses()).toEqual([403, 200, 200]);
  await database.query("DELETE FROM identity.session WHERE id = 's1'");
  expect(await statuses()).toEqual([403, 403, 200]);
  await database.query(`UPDATE identity."user" SET is_disabled = true WHERE id = 'linker'`);
  expect(await statuses()).toEqual([403, 403, 403]);
});

test("no GET changes anything but that a snapshot is held while it is read", async () => {
  const root = user("root", { administrator: true });
  const linked = await get(root, "/api/snapshots/1/links", { tables: ["runs"] });
  const { tables } = (await linked.json()) as { tables: { files: { url: string }[] }[] };
  // What was asked is kept behind the answers, one caller after the other: after this one's nothing is left of the others'.
  await member("asks-last", "viewer");
  await ask(user("asks-last"), runs);
  const kept = () => database.query("SELECT FROM analytics.query_history WHERE owner_id = 'asks-last'");
  await expect.poll(kept).toHaveLength(1);
  const changes = await watchChanges(database);
  onTestFinished(async () => void (await changes.stop()));
  for (const path of [
    "/api/snapshots",
    "/api/snapshots/1",
    tables[0]?.files[0]?.url ?? "",
    "/api/sql/schema",
    "/metrics",
    "/health/ready",
  ]) {
    const answer = await get(root, path);
    await answer.arrayBuffer();
    const changed = (await changes.take()).filter((what) => !what.endsWith(" snapshot.lease"));
    expect([path, answer.status, changed]).toEqual([path, 200, []]);
  }
  expect((await get(root, "/api/sql/queries/none")).status).toBe(404);
  expect(await changes.take()).toEqual([]);
  // Those who watch see what is asked by POST, which is kept.
  await ask(root, runs);
  await expect.poll(async () => (await changes.take()).join()).toContain("INSERT analytics.query_history");
});

test("Prometheus reads numbers on the port of our own services, and nothing else without a name", async () => {
  expect((await get(undefined, "/metrics")).status).toBe(200);
  expect((await get(undefined, "/health/ready")).status).toBe(200);
  expect((await get(undefined, "/api/snapshots")).status).toBe(401);
});
