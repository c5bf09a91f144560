import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDoor } from "../testing/start-door.ts";

let door: Awaited<ReturnType<typeof startDoor>>;
beforeAll(async () => {
  door = await startDoor();
});
afterAll(() => door[Symbol.asyncDispose]());

const byStatus = "SELECT status, count(*) AS runs FROM runs GROUP BY status ORDER BY status";
const endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b";
/** Bytes enough that no buffer between server and client holds them. */
const large = "SELECT repeat('x', 1000) AS x FROM range(100000)";

test("JSON says columns, rows and what they were read from", async () => {
  const answer = await door.post("/api/sql", { sql: byStatus, id: "first", tail: true });
  expect(answer.status).toBe(200);
  const snapshot = { number: 7, created_at: "2026-01-01T00:00:00.000Z", age_seconds: 60 };
  expect(await answer.json()).toEqual({
    id: "first",
    snapshot: { ...snapshot, tail_until: "2026-01-01T00:00:59.000Z" },
    cached: false,
    columns: [
      { name: "status", type: "VARCHAR" },
      { name: "runs", type: "BIGINT" },
    ],
    rows: [
      ["FAILED", 143],
      ["FINISHED", 857],
    ],
    row_count: 2,
    truncated: false,
  });
  const again = await door.post("/api/sql", { sql: byStatus });
  expect(await again.json()).toMatchObject({ snapshot: { ...snapshot, tail_until: null }, row_count: 2 });
});

test("headers say what an answer of any form was read from", async () => {
  const accept = { headers: { accept: "text/csv" } };
  const first = await door.post("/api/sql", { sql: `${byStatus} -- headers`, tail: true }, accept);
  expect(await first.text()).toBe("status,runs\r\nFAILED,143\r\nFINISHED,857\r\n");
  const second = await door.post("/api/sql", { sql: `${byStatus} -- headers`, tail: true }, accept);
  expect(await second.text()).toContain("FAILED,143");
  expect(Object.fromEntries(second.headers)).toMatchObject({
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": expect.stringMatching(/^attachment; filename=query-\d+\.csv$/),
    "x-runweir-query": expect.stringMatching(/^query-/),
    "x-runweir-cached": "true",
    "x-runweir-snapshot": "7",
    "x-runweir-snapshot-created": "2026-01-01T00:00:00.000Z",
    "x-runweir-snapshot-age": "60.000",
    "x-runweir-tail-until": "2026-01-01T00:00:59.000Z",
  });
});

test("Arrow and Parquet come as such, with parameters bound", async () => {
  const query = { sql: "SELECT run_no FROM runs WHERE status = $status", params: { status: "FAILED" } };
  const arrow = await door.post("/api/sql", query, {
    headers: { accept: "application/vnd.apache.arrow.stream" },
  });
  expect(tableFromIPC(new Uint8Array(await arrow.arrayBuffer())).numRows).toBe(143);
  const parquet = await door.post("/api/sql", query, {
    headers: { accept: "application/vnd.apache.parquet" },
  });
  const bytes = Buffer.from(await parquet.arrayBuffer());
  expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(["PAR1", "PAR1"]);
});

test.each<[string, unknown, Record<string, string>, number, Record<string, unknown>]>([
  [
    "a column that is not there",
    { sql: "SELECT 1,\n  nobody FROM runs" },
    {},
    400,
    { reason: "binder", position: { offset: 12, line: 2, column: 3 } },
  ],
  ["what cannot be parsed", { sql: "SELEC 1" }, {}, 400, { reason: "syntax", position: { offset: 0 } }],
  ["what is no SELECT", { sql: "DROP VIEW runs" }, {}, 403, { reason: "select_only", field: "sql" }],
  ["a file", { sql: "SELECT * FROM read_text('/etc/passwd')" }, {}, 403, { reason: "function_not_allowed" }],
  ["a missing parameter", { sql: "SELECT $a" }, {}, 400, { field: "params.a" }],
  ["a missing statement", { params: [] }, {}, 400, { field: "sql" }],
  [
    "a field that is not known",
    { sql: "SELECT 1", format: "csv" },
    {},
    400,
    { error_code: "INVALID_ARGUMENT" },
  ],
  [
    "a limit of the wrong kind",
    { sql: "SELECT 1", limits: { rows: "1" } },
    {},
    400,
    { field: "limits.rows" },
  ],
  ["a limit too wide", { sql: "SELECT 1", limits: { rows: 1e9 } }, {}, 400, { field: "limits.rows" }],
  ["no form that we have", { sql: "SELECT 1" }, { accept: "text/html" }, 406, { field: "Accept" }],
  [
    "more rows than allowed",
    { sql: "FROM range(10)", limits: { rows: 9 } },
    { accept: "text/csv" },
    422,
    { reason: "too_many_rows" },
  ],
  ["more time than allowed", { sql: endless, limits: { seconds: 1 } }, {}, 422, { reason: "time_limit" }],
])("%s is refused", async (_what, body, headers, status, expected) => {
  const answer = await door.post("/api/sql", body, { headers });
  const found = await answer.json();
  expect({ status: answer.status, found }).toMatchObject({ status, found: expected });
  expect(found).toMatchObject({ message: expect.any(String), request_id: expect.any(String) });
});

test("a statement tells its progress and is cancelled by its id", async () => {
  const asked = door.post("/api/sql", { sql: endless, id: "long" });
  const at = `${door.url}/api/sql/queries/long`;
  await expect.poll(async () => (await fetch(at)).json()).toMatchObject({ id: "long", state: "running" });
  const cancelled = await fetch(at, { method: "DELETE" });
  expect(await cancelled.json()).toEqual({ id: "long", state: "cancelled" });
  const answer = await asked;
  expect([answer.status, await answer.json()]).toMatchObject([409, { reason: "cancelled" }]);
  expect((await fetch(at)).status).toBe(404);
  expect((await fetch(at, { method: "DELETE" })).status).toBe(404);
});

test("a client that goes away cancels its statement", async () => {
  const leave = new AbortController();
  const asked = door.post("/api/sql", { sql: endless, id: "left" }, { signal: leave.signal });
  const at = `${door.url}/api/sql/queries/left`;
  await expect.poll(async () => (await fetch(at)).status).toBe(200);
  leave.abort();
  await expect(asked).rejects.toThrow(/abort/i);
  await expect.poll(async () => (await fetch(at)).status).toBe(404);
});

test("an answer that is cancelled half-way breaks off instead of ending", async () => {
  const answer = await door.post(
    "/api/sql",
    { sql: large, id: "large" },
    { headers: { accept: "text/csv" } },
  );
  expect(answer.status).toBe(200);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await fetch(`${door.url}/api/sql/queries/large`, { method: "DELETE" });
  const readOn = async () => {
    for (;;) if ((await reader.read()).done) return;
  };
  await expect(readOn()).rejects.toThrow();
  const state = await fetch(`${door.url}/api/sql/queries/large`);
  expect(await state.json()).toMatchObject({ id: "large", state: "failed", reason: "cancelled" });
});

test("what fails half-way breaks off too, and says why to whoever asks", async () => {
  const sql = "SELECT\n  CASE WHEN i = 900000 THEN 'x' ELSE '1' END::INT FROM range(1000000) t(i)";
  const at = `${door.url}/api/sql/queries/half`;
  for (const accept of ["text/csv", "application/json", "application/vnd.apache.arrow.stream"]) {
    const answer = await door.post("/api/sql", { sql, id: "half" }, { headers: { accept } });
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(await (await fetch(at)).json()).toEqual({
      id: "half",
      state: "failed",
      error_code: "INVALID_ARGUMENT",
      message: "Could not convert string 'x' to INT32",
      reason: "conversion",
      field: "sql",
      position: { offset: 51, line: 2, column: 45 },
    });
  }
  // The next statement of the same id has nothing to do with it.
  await (await door.post("/api/sql", { sql: "SELECT 1", id: "half" })).json();
  expect((await fetch(at)).status).toBe(404);
});

test("a plan is told without running the statement", async () => {
  const answer = await door.post("/api/sql/plan", { sql: endless });
  const { plan, snapshot } = (await answer.json()) as { plan: unknown[]; snapshot: unknown };
  expect(snapshot).toMatchObject({ number: 7, tail_until: null });
  expect(plan).toMatchObject([{ operator: expect.any(String), details: expect.any(Object), children: [{}] }]);
  const refused = await door.post("/api/sql/plan", { sql: "SELECT nobody FROM runs" });
  expect([refused.status, await refused.json()]).toMatchObject([400, { position: { offset: 7 } }]);
});

test("the schema lists tables and views, column by column", async () => {
  const answer = await fetch(`${door.url}/api/sql/schema`);
  const columns = [{ name: "run_no", type: "INTEGER", nullable: false, meaning: "Number of the run." }];
  expect(await answer.json()).toEqual({
    version: 1,
    tables: [
      { name: "runs", kind: "table", meaning: "One row per run.", columns },
      { name: "runs_latest", kind: "view", meaning: "One row per run.", columns },
    ],
  });
});
