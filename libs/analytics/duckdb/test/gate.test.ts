import { StatementError } from "@runweir/analytics-domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openQueryBench, type QueryBench } from "./query-bench.ts";

let bench: QueryBench;
beforeAll(async () => {
  bench = await openQueryBench({ workers: 1 });
});
afterAll(() => bench.close());

test.each([
  ["WITH a AS (SELECT run_no FROM runs), b AS (SELECT * FROM a) SELECT count(*) FROM b", [[1_000]]],
  [
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 9) SELECT sum(n) FROM t",
    [[45]],
  ],
  ["FROM runs SELECT max(run_no)", [[999]]],
  [
    "VALUES (1, 'a'), (2, NULL)",
    [
      [1, "a"],
      [2, null],
    ],
  ],
  [
    "SELECT run_no FROM runs QUALIFY row_number() OVER (PARTITION BY status ORDER BY run_no DESC) = 1 ORDER BY 1",
    [[994], [999]],
  ],
  [
    "SELECT * FROM (PIVOT runs ON status IN ('FAILED', 'FINISHED') USING count(*) GROUP BY experiment_id) ORDER BY 1 LIMIT 1",
    [[0, 15, 85]],
  ],
  ["SELECT count(*) FROM (UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b)", [[2]]],
  [
    "SELECT list_transform([1, 2], lambda x: x * 2), [x + 1 FOR x IN [1, 2] IF x > 1], {a: 1}.a, [1, 2, 3][2:]",
    [[[2, 4], [3], 1, [2, 3]]],
  ],
  ["SELECT count(*) FROM runs ASOF JOIN metric_points m ON runs.run_no >= m.run_no", [[1_000]]],
  [
    "SELECT sum(n) FROM (SELECT experiment_id, count(*) AS n FROM runs GROUP BY ROLLUP (experiment_id))",
    [[2_000]],
  ],
  [
    "SELECT count(*), grouping(status) FROM runs GROUP BY GROUPING SETS ((status), ()) ORDER BY 1 DESC LIMIT 1",
    [[1_000, 1]],
  ],
  [
    "SELECT count(*) FROM runs r, LATERAL (SELECT * FROM metric_points m WHERE m.run_no = r.run_no LIMIT 1)",
    [[1_000]],
  ],
  [
    "SELECT CASE WHEN 1 IN (1, 2) AND NOT 1 BETWEEN 2 AND 3 THEN coalesce(NULL, nullif('a', 'b')) END",
    [["a"]],
  ],
  [
    "SELECT 1 WHERE 'a' LIKE 'A' COLLATE NOCASE OR 'x' ILIKE 'X' OR 'ab' SIMILAR TO 'a.' OR 1 IS DISTINCT FROM 2",
    [[1]],
  ],
  [
    "SELECT '1'::DECIMAL(4, 2) + 1, TRY_CAST('x' AS INT), DATE '2026-01-01' + INTERVAL 1 DAY, [1]::BIGINT[], 'a'::ENUM ('a')",
    [["2.00", null, "2026-01-02T00:00:00", [1], "a"]],
  ],
  [
    "SELECT first_value(v) OVER w, lag(v) OVER w, ntile(2) OVER w, sum(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1), (2)) t(v) WINDOW w AS (ORDER BY v)",
    [
      [1, null, 1, 1],
      [1, 1, 2, 3],
    ],
  ],
  ["SELECT count(*) FROM (SELECT 1 UNION SELECT 1 EXCEPT SELECT 2 INTERSECT SELECT 2)", [[1]]],
  [
    "SELECT quantile_cont(value, 0.5), arg_max(step, value), string_agg(DISTINCT key, ',' ORDER BY key) FILTER (WHERE step = 1) FROM metric_points WHERE run_no = 1 AND isfinite(value)",
    [[2.25, 19, "loss"]],
  ],
  [
    "SELECT * EXCLUDE (a) REPLACE (b + 1 AS b) RENAME (c AS d) FROM (SELECT 1 AS a, 2 AS b, 3 AS c)",
    [[3, 3]],
  ],
  [
    "SELECT json_extract_string('{\"a\": [1, 2]}', '$.a[1]'), '{\"a\": 1}'::JSON -> 'a', (SELECT count(*) FROM json_each('[1,2]'))",
    [["2", "1", 2]],
  ],
  ["SELECT DISTINCT ON (status) status FROM runs ORDER BY status LIMIT 1 OFFSET 1", [["FINISHED"]]],
  ["SELECT column_name FROM (DESCRIBE params)", [["run_no"], ["key"], ["value"]]],
  ["SELECT min FROM (SUMMARIZE runs) WHERE column_name = 'run_no'", [["0"]]],
  [
    "SELECT i, x FROM unnest(['a', 'b']) WITH ORDINALITY t(x, i)",
    [
      [1, "a"],
      [2, "b"],
    ],
  ],
  ["SELECT count(*) FROM runs USING SAMPLE 10 ROWS", [[10]]],
  [
    "SELECT strftime(start_time, '%Y-%m-%d %H:%M'), date_trunc('hour', start_time), epoch_ms(start_time) FROM runs WHERE run_no = 61",
    [["2026-01-01 01:01", "2026-01-01T01:00:00Z", 1_767_229_260_000]],
  ],
  ["SELECT value FROM metric_points WHERE run_no = 0 AND step IN (3, 8)  ORDER BY step", [["NaN"], [1]]],
])("%s", async (sql, rows) => {
  expect(await bench.rows({ sql })).toEqual(rows);
});

test.each([
  "SELECT ';' AS a; -- it's; done",
  "SELECT ';' AS a -- ;",
  "SELECT /* ; */ ';' AS a /* ; ;",
  "SELECT $x$;$x$ AS a;;\n ; ",
  "SELECT ';' AS a;--",
  "DESCRIBE SELECT ';' AS a;",
])("%s ends where DuckDB says", async (sql) => {
  const asked = bench.rows({ sql });
  if (sql.endsWith("; ;")) await expect(asked).rejects.toMatchObject({ reason: "syntax" });
  else expect((await asked)[0]?.[0]).toBe(sql.startsWith("DESCRIBE") ? "a" : ";");
});

test("parameters are bound by place and by name, never spliced", async () => {
  const evil = "x' OR '1'='1";
  expect(await bench.rows({ sql: "SELECT ?, ?", params: [evil, -0.5] })).toEqual([[evil, -0.5]]);
  expect(await bench.rows({ sql: "SELECT $1, $2, $1", params: [evil, 2 ** 40] })).toEqual([
    [evil, 2 ** 40, evil],
  ]);
  expect(
    await bench.rows({
      sql: "SELECT count(*), $nothing, $yes, $fraction FROM runs WHERE run_no IN (SELECT unnest($runs))",
      params: { runs: [1, 2, 5_000], nothing: null, yes: true, fraction: 0.5 },
    }),
  ).toEqual([[2, null, true, 0.5]]);
  expect(await bench.rows({ sql: "SELECT $a, $b", params: { a: [1, 0.5, null], b: [["x"], []] } })).toEqual([
    [
      [1, 0.5, null],
      [["x"], []],
    ],
  ]);
});

test.each([
  ["SELECT $1", [], "params.1"],
  ["SELECT 1", [1], "params.1"],
  ["SELECT $a", { a: 1, b: 2 }, "params.b"],
  ["SELECT $a", { a: [1, "x"] }, "params.a"],
] as const)("%s with %j names the parameter", async (sql, params, field) => {
  await expect(bench.ask({ sql, params })).rejects.toMatchObject({ code: "invalid_argument", field });
});

test.each([
  ["SELECT a\n  FROM missing", 2, 8, "table_not_found"],
  ["SELECT 'é😀',\n\tnothing FROM runs", 2, 2, "binder"],
  ["SELECT 1 +\n+ FROM", 2, 3, "syntax"],
  ["SELECT 1,\n  read_text('x')", 2, 3, "function_not_allowed"],
  ["SELECT\n'abc'::INT", 2, 6, "conversion"],
])("%j: the mistake is at line %i, column %i", async (sql, line, column, reason) => {
  const error: unknown = await bench.ask({ sql }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StatementError);
  expect(error).toMatchObject({ reason, position: { line, column } });
});

test.each([
  ["SELECT now()", true],
  ["SELECT current_timestamp", true],
  ["SELECT random() < 2", true],
  ["SELECT * FROM runs USING SAMPLE 1 ROWS", true],
  ["SELECT * FROM (SELECT uuid() AS u) WHERE u IS NOT NULL", true],
  ["SELECT count(*) FROM runs", false],
])("%s depends on time or chance: %s", async (sql, isVolatile) => {
  expect((await bench.ask({ sql })).volatile).toBe(isVolatile);
});
