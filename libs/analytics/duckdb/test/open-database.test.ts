import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DatabaseRequest } from "../src/protocol.ts";
import { type Database, openDatabase } from "../src/worker/open-database.ts";
import { writeExampleSnapshot } from "../testing/example-snapshot.ts";

let folder: string;
let database: Database;
let request: DatabaseRequest;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "runweir-sql-"));
  const { tables } = await writeExampleSnapshot(folder);
  await writeFile(join(folder, "other.csv"), "a\n1\n");
  await symlink(join(folder, "other.csv"), join(folder, "link.csv"));
  await mkdir(join(folder, "spill"));
  request = {
    key: "",
    tables,
    experiments: [0, 9],
    hidden: [],
    views: [],
    threads: 2,
    memoryMegabytes: 64,
    spillMegabytes: 8,
  };
  database = await openDatabase(request, join(folder, "spill"));
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

// Statements that the gate never lets through. Should it fail one day, the settings still stand.
test.each([
  "SELECT * FROM read_csv('FOLDER/other.csv')",
  "SELECT * FROM read_text('FOLDER/spill/../other.csv')",
  "SELECT * FROM read_text('FOLDER/link.csv')",
  "SELECT * FROM read_text('/proc/self/environ')",
  "SELECT * FROM sniff_csv('FOLDER/other.csv')",
  "SELECT * FROM glob('FOLDER/*')",
  "SELECT * FROM read_parquet('FOLDER/*.parquet')",
  "COPY runs TO 'FOLDER/x.csv'",
  "EXPORT DATABASE 'FOLDER/x'",
  "ATTACH 'FOLDER/x.db'",
  "INSTALL httpfs",
  "LOAD httpfs",
  "LOAD 'FOLDER/x.duckdb_extension'",
  "SELECT * FROM read_text('https://example.com/')",
  "SET memory_limit = '100GB'",
  "SET enable_external_access = true",
  "SET lock_configuration = false",
  "RESET memory_limit",
  "SET allowed_configs = ['memory_limit']",
  "SET temp_directory = 'FOLDER'",
])("the settings alone refuse %s", async (sql) => {
  await expect(database.connection.run(sql.replaceAll("FOLDER", folder))).rejects.toThrow(
    /disabled|lock|Cannot|not found|permission/i,
  );
});

test("a statement has the threads that its data is worth, whichever came before, and nothing else is left open", async () => {
  const settings = async () => {
    const read = "SELECT current_setting('threads')::INTEGER, current_setting('allowed_configs')";
    return (await database.connection.runAndReadAll(read)).getRowsJson()[0];
  };
  await database.prepareFor({ reads: new Set(["runs"]), generates: false });
  expect(await settings()).toEqual([1, ["threads"]]);
  await database.prepareFor({ reads: new Set(), generates: true });
  expect(await settings()).toEqual([2, ["threads"]]);
  await database.prepareFor({ reads: new Set(["runs", "params"]), generates: false });
  expect(await settings()).toEqual([1, ["threads"]]);
});

test("a restricted view has the tables that say whose their rows are, and no others", () => {
  expect([...database.tables].sort()).toEqual(["metric_points", "params", "runs"]);
});

test("a named view shows what its tables show this caller; one over a table they do not see is not there", async () => {
  const spill = join(folder, "views");
  await mkdir(spill);
  const views = [
    { name: "failed_runs", sql: "SELECT run_no FROM runs WHERE status = 'FAILED'" },
    { name: "model_names", sql: "SELECT name FROM models" },
  ];
  const countOf = async (experiments: "all" | readonly number[], sql: string) => {
    const opened = await openDatabase({ ...request, views, experiments, hidden: [0] }, spill);
    const read = await opened.connection.runAndReadAll(sql);
    opened.close();
    return [opened.tables.has("model_names"), read.getRows()];
  };
  const count = "SELECT count(*)::INTEGER FROM failed_runs";
  expect(await countOf("all", count)).toEqual([true, [[142]]]);
  expect(await countOf([0], count)).toEqual([false, [[14]]]);
  const broken = [{ name: "broken", sql: "SELECT x FROM runs" }];
  await expect(openDatabase({ ...request, views: broken, experiments: "all" }, spill)).rejects.toThrow(/x/);
});
