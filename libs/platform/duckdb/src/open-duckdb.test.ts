import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DuckDb, openDuckDb } from "./open-duckdb.ts";

let folder: string;
let duckdb: DuckDb;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "runweir-duckdb-"));
  await writeFile(join(folder, "outside.csv"), "a\n1\n");
  duckdb = await openDuckDb({
    memoryMegabytes: 128,
    threads: 1,
    folders: [join(folder, "data/")],
    spillFolder: join(folder, "spill"),
    spillMegabytes: 1,
  });
});
afterAll(async () => {
  duckdb.close();
  await rm(folder, { recursive: true });
});

test("columns arrive as they were, more than one vector of them", async () => {
  const count = 5_000;
  await duckdb.run("CREATE TABLE kept (n INTEGER, v DOUBLE, t VARCHAR, m DOUBLE, b BOOLEAN)");
  await duckdb.append("kept", [
    { type: "INTEGER", values: Int32Array.from({ length: count }, (_, i) => i) },
    {
      type: "DOUBLE",
      values: Float64Array.from({ length: count }, (_, i) => (i === 4_999 ? Number.NaN : i / 4)),
    },
    { type: "VARCHAR", values: Array.from({ length: count }, (_, i) => (i % 2 ? null : `ä'${i}`)) },
    { type: "NUMBER", values: Array.from({ length: count }, (_, i) => (i % 2 ? null : 2 ** 53 - 1)) },
    { type: "BOOLEAN", values: Array.from({ length: count }, (_, i) => i % 2 === 0) },
  ]);
  const rows = await duckdb.query("SELECT * FROM kept ORDER BY n");
  expect(rows.length).toBe(count);
  expect(rows[4_998]).toEqual({ n: 4_998, v: 1_249.5, t: "ä'4998", m: 2 ** 53 - 1, b: true });
  expect(rows[4_999]).toEqual({ n: 4_999, v: Number.NaN, t: null, m: null, b: false });
});

test.each([
  ["SELECT * FROM read_csv('FOLDER/outside.csv')", /disabled by configuration/],
  ["COPY (SELECT 1) TO 'FOLDER/other.parquet'", /disabled by configuration/],
  ["ATTACH 'FOLDER/x.db'", /disabled by configuration/],
  ["INSTALL httpfs", /disabled/],
  ["SET memory_limit = '10GB'", /locked/],
  ["SET enable_external_access = true", /./],
])("%s is refused", async (sql, reason) => {
  await expect(duckdb.query(sql.replaceAll("FOLDER", folder))).rejects.toThrow(reason);
});

test("what needs more memory or disk than is allowed says so", async () => {
  const failure = await duckdb
    .query("SELECT count(*) FROM (SELECT i, repeat(i::VARCHAR, 20) t FROM range(3000000) r(i) ORDER BY t)")
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DomainError);
  expect(["storage_full", "resource_exhausted"]).toContain((failure as DomainError).code);
});
