import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openQueryBench, type QueryBench } from "./query-bench.ts";

// Large results, of several processes, take a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let bench: QueryBench;
beforeAll(async () => {
  bench = await openQueryBench({ workers: 1 });
});
afterAll(() => bench.close());

const limits = { rows: 300_000, bytes: 100_000_000, seconds: 60 };

test("JSON holds every value that numbers of JavaScript cannot", async () => {
  const sql = `SELECT 'NaN'::DOUBLE, '-inf'::FLOAT, 9007199254740991, 9007199254740993, 1.50::DECIMAL(5, 2), NULL,
    [1, NULL], {a: 'x', b: [true]}, MAP {'__proto__': 1}, encode('ä"'), TIMESTAMP '2026-01-02 03:04:05.000006',
    TIMESTAMPTZ '2026-01-02 03:04:05+02', DATE '2026-01-02', 'infinity'::DATE, TIME '01:02:03', INTERVAL 3 DAYS,
    uuid() IS NULL, 'a'::ENUM ('a'), 170141183460469231731687303715884105727, union_value(k := 2), '{"a":1}'::JSON`;
  const { body } = await bench.ask({ sql });
  const { rows, truncated, row_count } = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  const map: unknown = JSON.parse('{"__proto__": 1}');
  expect(rows).toEqual([
    [
      "NaN",
      "-Infinity",
      9007199254740991,
      "9007199254740993",
      "1.50",
      null,
      [1, null],
      { a: "x", b: [true] },
      map,
      Buffer.from('ä"').toString("base64"),
      "2026-01-02T03:04:05.000006",
      "2026-01-02T01:04:05Z",
      "2026-01-02",
      "infinity",
      "01:02:03",
      "3 days",
      false,
      "a",
      `${2n ** 127n - 1n}`,
      2,
      '{"a":1}',
    ],
  ]);
  expect({ truncated, row_count }).toEqual({ truncated: false, row_count: 1 });
});

test("JSON is cut at its limit and says so", async () => {
  const { body, summary } = await bench.ask({ sql: "FROM range(5000)", limits: { ...limits, rows: 3_000 } });
  const answer = JSON.parse(body.toString("utf8")) as { rows: unknown[]; truncated: boolean };
  expect([answer.rows.length, answer.truncated, summary]).toEqual([
    3_000,
    true,
    { rows: 3_000, bytes: body.length, truncated: true },
  ]);
  const whole = await bench.ask({ sql: "FROM range(3000)", limits: { ...limits, rows: 3_000 } });
  expect(whole.summary.truncated).toBe(false);
});

test.each(["csv", "arrow", "parquet"] as const)("%s is whole or fails, never cut", async (format) => {
  await expect(
    bench.ask({ sql: "FROM range(5000)", format, limits: { ...limits, rows: 4_999 } }),
  ).rejects.toMatchObject({
    reason: "too_many_rows",
  });
  const big = "SELECT sha256(i::VARCHAR) FROM range(20000) t(i)";
  await expect(bench.ask({ sql: big, format, limits: { ...limits, bytes: 300_000 } })).rejects.toMatchObject({
    reason: "too_many_bytes",
  });
  expect(
    (await bench.ask({ sql: "FROM range(5000)", format, limits: { ...limits, rows: 5_000 } })).summary.rows,
  ).toBe(5_000);
});

test("CSV runs nothing in a spreadsheet, and numbers stay numbers", async () => {
  const texts = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "-0.5",
    "+1e-3",
    "a,b",
    'q"',
    "",
    "＝1",
  ];
  const { body } = await bench.ask({
    sql: `SELECT unnest($t) AS "=x", -1 AS n, NULL AS none`,
    params: { t: texts },
    format: "csv",
  });
  expect(body.toString("utf8").split("\r\n")).toEqual([
    "'=x,n,none",
    "'=1+1,-1,",
    "'+cmd|' /C calc'!A0,-1,",
    "'-2+3,-1,",
    "'@SUM(A1),-1,",
    "'\t=1,-1,",
    "' =1,-1,",
    "-0.5,-1,",
    "+1e-3,-1,",
    '"a,b",-1,',
    '"q""",-1,',
    '"",-1,',
    "'＝1,-1,",
    "",
  ]);
});

const wide = `SELECT i, i::INTEGER AS small, CASE WHEN i % 3 = 0 THEN NULL ELSE i / 7 END AS value, 'text-' || (i % 100) AS text,
  i % 2 = 0 AS even, TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(i) AS moment, [i, NULL] AS list FROM range(200000) t(i)`;

test("Arrow is read by Arrow, column by column", async () => {
  const { body } = await bench.ask({ sql: wide, format: "arrow", limits });
  const table = tableFromIPC(body);
  expect(table.numRows).toBe(200_000);
  expect(table.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "i Int64",
    "small Int32",
    "value Float64",
    "text Utf8",
    "even Bool",
    "moment Timestamp<MICROSECOND, UTC>",
    "list List<Int64>",
  ]);
  for (const row of [0, 1, 2_047, 2_048, 199_999]) {
    const found: Record<string, unknown> = table.get(row)?.toJSON() ?? {};
    expect([found.i, found.small, found.value, found.text, found.even]).toEqual([
      BigInt(row),
      row,
      row % 3 === 0 ? null : row / 7,
      `text-${row % 100}`,
      row % 2 === 0,
    ]);
    expect(Number(found.moment)).toBe(Date.UTC(2026, 0, 1) + row * 1_000);
    expect([...(found.list as Iterable<unknown>)]).toEqual([BigInt(row), null]);
  }
});

test("texts that repeat and texts that do not are the same in every form, nulls among them", async () => {
  const sql = `SELECT i, CASE WHEN i % 7 < 2 THEN NULL ELSE 'größe-' || (i // 1000 % 50) END AS repeated,
    CASE WHEN i % 5 = 0 THEN NULL ELSE 'é' || i END AS own, CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS flag,
    NULL::VARCHAR AS none FROM range(130001) t(i)`;
  const expected = (i: number) => [
    i,
    i % 7 < 2 ? null : `größe-${Math.floor(i / 1_000) % 50}`,
    i % 5 === 0 ? null : `é${i}`,
    i % 3 === 0 ? null : i % 2 === 0,
    null,
  ];
  const all = Array.from({ length: 130_001 }, (_, i) => expected(i));
  const json = await bench.ask({ sql, limits });
  expect((JSON.parse(json.body.toString("utf8")) as { rows: unknown[] }).rows).toEqual(all);
  const csv = await bench.ask({ sql, format: "csv", limits });
  expect(csv.body.toString("utf8").trimEnd().split("\r\n").slice(1)).toEqual(all.map((row) => row.join(",")));
  const table = tableFromIPC((await bench.ask({ sql, format: "arrow", limits })).body);
  const types = table.schema.fields.map(({ metadata }) => metadata.get("runweir.type"));
  expect(types).toEqual(["BIGINT", "VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR"]);
  const columns = ["repeated", "own", "flag", "none"].map((name) => table.getChild(name));
  expect(columns.map((column) => column?.nullCount)).toEqual([37_144, 26_001, 43_334, 130_001]);
  expect(all.map(([i]) => [i, ...columns.map((column) => column?.get(i as number))])).toEqual(all);
});

test("Parquet is read by DuckDB, with the same sums", async () => {
  const { body } = await bench.ask({ sql: `${wide} -- to the end`, format: "parquet", limits });
  const file = join(bench.folder, "result.parquet");
  await writeFile(file, body);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const summed = await connection.runAndReadAll(
    `SELECT count(*), sum(i)::BIGINT, count(value), count(DISTINCT text), sum(even::INT)::BIGINT, max(moment)::VARCHAR LIKE '2026-01-03%' FROM '${file}'`,
  );
  expect(summed.getRows()).toEqual([[200_000n, 19_999_900_000n, 133_333n, 100n, 100_000n, true]]);
  connection.closeSync();
});

test.each(["json", "csv", "arrow", "parquet"] as const)("%s of no rows has its columns", async (format) => {
  const { columns, summary } = await bench.ask({
    sql: "SELECT run_no, run_id FROM runs WHERE false",
    format,
  });
  expect(columns).toEqual([
    { name: "run_no", type: "INTEGER" },
    { name: "run_id", type: "VARCHAR" },
  ]);
  expect(summary.rows).toBe(0);
});

test("half a result never looks whole", async () => {
  const sql = "SELECT CASE WHEN i = 150000 THEN error('half-way') ELSE i END FROM range(200000) t(i)";
  for (const format of ["json", "csv", "arrow", "parquet"] as const)
    await expect(bench.ask({ sql, format, limits })).rejects.toMatchObject({ message: "half-way" });
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});
