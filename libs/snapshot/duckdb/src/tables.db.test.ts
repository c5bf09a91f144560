import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import { type Manifest, tables } from "@runweir/snapshot-domain";
import { createDirectLog } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSnapshotTestPlace } from "../testing/snapshot-test-place.ts";

let place: Awaited<ReturnType<typeof createSnapshotTestPlace>>;
/** The snapshot of what is copied, before other tests added runs of their own. */
let copied: number;
const odd = `"quoted", 'single' \\ back\n<b>ü 😀 {"a":null}`;

beforeAll(async () => {
  place = await createSnapshotTestPlace();
  await insertRun(place.database, "one", 7);
  await insertRun(place.database, "gone", 8);
  await place.database.query(
    `UPDATE tracking.run SET end_time = 1790000000123, start_time = 9007199254740991 WHERE run_id = 'one'`,
  );
  const statements: [string, unknown[]][] = [
    ["INSERT INTO tracking.experiment_tag VALUES (7, $1, $1)", [odd]],
    [
      "INSERT INTO tracking.run_param VALUES (1, $1, $1), (1, 'lr', '1e-3'), (1, 'big', '1e999'), (1, 'i', '7')",
      [odd],
    ],
    ["INSERT INTO tracking.run_tag VALUES (1, $1, $1), (2, 'x', 'y')", [odd]],
    [
      "INSERT INTO tracking.dataset (experiment_id, name, digest, source_type, source) VALUES (7, $1, 'd', 'local', 's')",
      [odd],
    ],
    [`INSERT INTO tracking.run_dataset VALUES (1, 1, '{"mlflow.data.context": "training", "k": "v"}')`, []],
    ["INSERT INTO tracking.run_model VALUES (1, 'output', 'm-1', 9), (1, 'input', 'm-0', 0)", []],
    [
      `INSERT INTO tracking.logged_model (model_id, workspace, experiment_id, name, artifact_uri, creation_time, last_update_time, status)
       VALUES ('m-1', 'default', 7, $1, 'u', 5, 6, 'READY')`,
      [odd],
    ],
    ["INSERT INTO tracking.logged_model_param VALUES (1, $1, $1)", [odd]],
    [
      "INSERT INTO tracking.logged_model_metric VALUES (1, 'acc', 1, '', '', 'NaN', 9, -2), (1, 'acc', 1, $1, 'd', 'Infinity', 9, 2)",
      [odd],
    ],
    [
      `INSERT INTO registry.model (workspace, name, creator_id, creation_time, last_update_time, last_version)
       VALUES ('default', $1, 'me', 1, 2, 3)`,
      [odd],
    ],
    [
      `INSERT INTO registry.model_version (model_no, version, workspace, creation_time, last_update_time, source, storage_location, deleted_time)
       VALUES (1, 1, 'default', 1, 1, NULL, NULL, 5), (1, 3, 'default', 3, 4, 's', 'l', NULL)`,
      [],
    ],
    ["INSERT INTO registry.model_alias VALUES (1, 'b', 3), (1, $1, 3)", [odd]],
    ["UPDATE tracking.run SET lifecycle_stage = 'deleted' WHERE run_id = 'gone'", []],
  ];
  for (const [text, values] of statements) await place.database.query(text, values);
  copied = (await place.pass()).seq;
});
afterAll(() => place.close());

const read = (columns: string, table: string) =>
  place.read(`SELECT ${columns} FROM ${table} ORDER BY ALL`, copied);

test("the copied tables hold what Postgres holds, whatever people wrote", async () => {
  expect(
    await read(
      "experiment_id::INT AS id, name, map_entries(tags) AS tags, epoch_ms(creation_time)::INT AS made",
      "experiments",
    ),
  ).toMatchObject([
    { id: 7, name: "experiment 7", tags: [{ key: odd, value: odd }], made: 0 },
    { id: 8, name: "experiment 8", tags: [] },
  ]);
  expect(
    await read(
      `run_no, run_id, epoch_ms(start_time) AS started, epoch_ms(end_time)::DOUBLE AS ended, status,
       params['lr'] AS lr, params[${quoted(odd)}] AS odd, cardinality(tags)::INT AS tags`,
      "runs",
    ),
  ).toEqual([
    {
      run_no: 1,
      run_id: "one",
      started: 9007199254740991n,
      ended: 1790000000123,
      status: "RUNNING",
      lr: "1e-3",
      odd,
      tags: 1,
    },
  ]);
  expect(await read("key, value, value_num", "params")).toEqual([
    { key: odd, value: odd, value_num: null },
    { key: "big", value: "1e999", value_num: null },
    { key: "i", value: "7", value_num: 7 },
    { key: "lr", value: "1e-3", value_num: 0.001 },
  ]);
  expect(await read("run_no, run_id, experiment_id::INT AS e, key, value", "tags")).toEqual([
    { run_no: 1, run_id: "one", e: 7, key: odd, value: odd },
  ]);
  expect(await read("run_id, name, context, tags['k'] AS k, profile", "datasets")).toEqual([
    { run_id: "one", name: odd, context: "training", k: "v", profile: null },
  ]);
  expect(await read("run_id, direction, model_id, step::INT AS step", "run_models")).toEqual([
    { run_id: "one", direction: "input", model_id: "m-0", step: 0 },
    { run_id: "one", direction: "output", model_id: "m-1", step: 9 },
  ]);
  expect(await read("model_no, model_id, name, status_message, params[name] AS p", "logged_models")).toEqual([
    { model_no: 1, model_id: "m-1", name: odd, status_message: null, p: odd },
  ]);
  expect(
    await read("model_id, run_no, dataset_name, step::INT AS step, value", "logged_model_metrics"),
  ).toEqual([
    { model_id: "m-1", run_no: 1, dataset_name: odd, step: 2, value: Number.POSITIVE_INFINITY },
    { model_id: "m-1", run_no: 1, dataset_name: null, step: -2, value: Number.NaN },
  ]);
  expect(await read("model_no, name, description, last_version", "models")).toEqual([
    { model_no: 1, name: odd, description: null, last_version: 3 },
  ]);
  expect(await read("name, version, stage, aliases, storage_location", "model_versions")).toEqual([
    { name: odd, version: 3, stage: "None", aliases: [odd, "b"], storage_location: "l" },
  ]);
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

test("the files have the columns of the published schema, in its order, sorted as it says", async () => {
  const log = createDirectLog({ database: place.database });
  const rows = Array.from(
    { length: 6_000 },
    (_, i): PointRow => [i % 6_000 < 5_900 ? "long" : "short", i, i, i],
  );
  await log.append({ workspace: "default", runId: "one", points: batchOf(rows) });
  await log.close();
  await place.pass();
  const manifest = await place.readManifest();
  for (const table of tables) {
    const files = manifest.files.filter((file) => file.table === table.name);
    expect(files.length, table.name).toBeGreaterThan(0);
    for (const file of files) {
      const from = `read_parquet('${place.folder.locate(file.path)}')`;
      const columns = await place.duckdb.query(`DESCRIBE SELECT * FROM ${from}`);
      const types = columns.map((column) => [
        column.column_name,
        String(column.column_type).replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"),
      ]);
      expect(types).toEqual(table.columns.map(({ name, type }) => [name, type]));
      const required = table.columns
        .filter((column) => !column.nullable)
        .map(({ name }) => `"${name}" IS NULL`);
      expect(await place.duckdb.query(`SELECT 1 FROM ${from} WHERE ${required.join(" OR ")}`)).toEqual([]);
      const order = table.order.map((name) => `"${name}"`).join(", ");
      const stored = await place.duckdb.query(`SELECT ${order} FROM ${from}`);
      expect(stored).toEqual(await place.duckdb.query(`SELECT ${order} FROM ${from} ORDER BY ${order}`));
      expect(stored.length).toBe(file.rows);
    }
  }
});

test("a long series has at most 1,000 equal buckets that together are all of its points", async () => {
  await insertRun(place.database, "long", 9);
  const rows = Array.from({ length: 12_000 }, (_, i): PointRow => {
    const step = (i - 2_000) * 3 + (i > 9_000 ? 10_000 : 0);
    return [
      "loss",
      step,
      i,
      i % 50 === 0 ? Number.NaN : i % 777 === 1 ? Number.NEGATIVE_INFINITY : ((i * 37) % 1_000) / 4,
    ];
  });
  const log = createDirectLog({ database: place.database });
  const append = async (part: readonly PointRow[]) => {
    await log.append({ workspace: "default", runId: "long", points: batchOf(part) });
    await place.pass();
  };
  // Some come late, into buckets that are there; with the last ones the buckets become wider.
  const isLate = (i: number) => i % 10 === 3;
  await append(rows.filter((_, i) => i < 5_000 && !isLate(i)));
  expect(await place.read("FROM metric_rollup WHERE run_id = 'long'")).toEqual([]);
  await append(rows.filter((_, i) => i >= 5_000 && i < 6_000));
  await append(rows.filter((_, i) => i >= 6_000 && i < 8_000));
  await append(rows.filter((_, i) => i >= 8_000 || (i < 5_000 && isLate(i))));
  await log.close();
  const span = (rows.at(-1)?.[1] ?? 0) - (rows[0]?.[1] ?? 0) + 1;
  const width = 2 ** Math.ceil(Math.log2(span / 999));
  const expected = [...Map.groupBy(rows, (row) => Math.floor(row[1] / width)).values()].map((inside) => {
    const numbers = inside.map((row) => row[3]).filter((value) => !Number.isNaN(value));
    return {
      step_from: inside[0]?.[1],
      step_to: inside.at(-1)?.[1],
      n: inside.length,
      n_nan: inside.length - numbers.length,
      n_infinite: numbers.filter((value) => !Number.isFinite(value)).length,
      sum: numbers.length > 0 ? numbers.reduce((sum, value) => sum + value, 0) : null,
      min: numbers.length > 0 ? Math.min(...numbers) : null,
      max: numbers.length > 0 ? Math.max(...numbers) : null,
      first: inside[0]?.[3],
      last: inside.at(-1)?.[3],
    };
  });
  expect(expected.length).toBeLessThanOrEqual(1_000);
  expect(expected.length).toBeGreaterThan(250);
  expect(
    await place.read(
      `SELECT step_from::DOUBLE AS step_from, step_to::DOUBLE AS step_to, n::INT AS n, n_nan::INT AS n_nan,
         n_infinite::INT AS n_infinite, sum, min, max, first, last
       FROM metric_rollup WHERE run_id = 'long' ORDER BY step_from`,
    ),
  ).toEqual(expected);
});

test("what did not change is not written again", async () => {
  await place.database.query("ALTER TABLE tracking.run ALTER COLUMN run_no RESTART WITH 5000");
  await insertRun(place.database, "far", 7);
  await place.pass();
  const before = await place.readManifest();
  expect(await place.pass()).toMatchObject({ published: false, seq: before.seq });
  await place.database.query(
    "INSERT INTO tracking.run_tag SELECT run_no, 'k', 'v' FROM tracking.run WHERE run_id = 'far'",
  );
  await place.pass();
  const after = await place.readManifest();
  const freshSince = (earlier: Manifest, later: Manifest) => {
    const was = new Set(earlier.files.map((file) => file.path));
    const fresh = later.files.filter((file) => !was.has(file.path));
    return fresh.map((file) => [file.table, file.bucket, file.rows]).sort();
  };
  expect(freshSince(before, after)).toEqual([
    ["runs", 1, 1],
    ["tags", 1, 1],
  ]);
  // Of points, only those that came; the files of all others stay.
  const log = createDirectLog({ database: place.database });
  await log.append({ workspace: "default", runId: "far", points: batchOf([["loss", 1, 1, 1]]) });
  await log.close();
  await place.pass();
  const grown = await place.readManifest();
  expect(freshSince(after, grown)).toEqual([
    ["metric_points", undefined, 1],
    ["metric_summary", 1, 1],
  ]);
  const ofPoints = ({ files }: Manifest) => files.filter(({ table }) => table === "metric_points");
  expect(ofPoints(grown)).toEqual(expect.arrayContaining(ofPoints(after)));
  await place.database.query("UPDATE tracking.run SET lifecycle_stage = 'deleted' WHERE run_id = 'far'");
  expect(await place.read("SELECT 1 FROM runs WHERE run_id = 'far'")).toEqual([]);
  await place.pass();
  expect((await place.readManifest()).files.filter((file) => file.bucket === 1)).toEqual([]);
});

test("a point logged as -0 is among those of value 0, also in files whose values are a dictionary", async () => {
  await insertRun(place.database, "zeros", 10);
  const log = createDirectLog({ database: place.database });
  // As many rows and as few values as make DuckDB write a dictionary, and with it a bloom filter unless it is told not to.
  const rows = Array.from(
    { length: 40_000 },
    (_, i): PointRow => ["v", i, i, i % 1_000 === 0 ? -0 : (i % 50) + 0.5],
  );
  await log.append({ workspace: "default", runId: "zeros", points: batchOf(rows) });
  await log.close();
  await place.pass();
  for (const zero of ["0", "-0.0::DOUBLE", "'-0'::DOUBLE"])
    expect(
      await place.read(
        `SELECT count(*)::INT AS n FROM metric_points WHERE run_id = 'zeros' AND value = ${zero}`,
      ),
    ).toEqual([{ n: 40 }]);
});
