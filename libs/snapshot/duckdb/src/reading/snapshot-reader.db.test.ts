import { existsSync } from "node:fs";
import { readdir, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import { createDirectLog, createMetricReader } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createSnapshotTestPlace } from "../../testing/snapshot-test-place.ts";
import type { OpenedSnapshot } from "./snapshot-reader.ts";

type Place = Awaited<ReturnType<typeof createSnapshotTestPlace>>;
const places: Place[] = [];
let place: Place;
beforeEach(async () => {
  place = await createSnapshotTestPlace();
  places.push(place);
  await insertRun(place.database, "first", 3);
});
afterAll(() => Promise.all(places.map((one) => one.close())));

async function log(runId: string, ...steps: number[]): Promise<void> {
  const direct = createDirectLog({ database: place.database });
  await direct.append({
    workspace: "default",
    runId,
    points: batchOf(steps.map((step) => ["loss", step, step * 1_000, step / 4])),
  });
  await direct.close();
}

const stepsOf = async (opened: OpenedSnapshot) =>
  (await place.readOpened<{ step: bigint }>("SELECT step FROM metric_points ORDER BY step", opened)).map(
    ({ step }) => Number(step),
  );
const leases = () => place.database.query("SELECT seq FROM snapshot.lease ORDER BY seq");

test("every table can be read, also of none of its rows, and files stay until they are released", async () => {
  const reader = place.openReader();
  await expect(reader.open("default", {})).rejects.toMatchObject({ code: "not_found" });
  await place.pass();
  const opened = await reader.open("default", {});
  expect(opened).toMatchObject({ snapshot: 1, hidden: [] });
  expect(opened.tailUntil).toBeUndefined();
  expect(opened.createdAt).toBeInstanceOf(Date);
  expect(await stepsOf(opened)).toEqual([]);
  for (const [table, files] of Object.entries(opened.tables)) expect(files.length, table).toBe(1);

  await log("first", 1);
  await place.database.query("UPDATE tracking.run SET run_name = 'renamed'");
  await place.pass();
  const collect = () =>
    place.catalog.collectGarbage(
      "default",
      { snapshots: 1, seconds: 0, graceSeconds: 0 },
      place.folder.sweep,
    );
  await collect();
  expect(await stepsOf(opened)).toEqual([]);
  expect(await stepsOf(await reader.open("default", {}))).toEqual([1]);
  const older = await reader.open("default", { snapshot: 1 });
  expect(older.tables).toEqual(opened.tables);
  expect(await leases()).toEqual([{ seq: 1 }, { seq: 2 }]);
  await reader.close();
  expect(await leases()).toEqual([]);
  await collect();
  await expect(place.openReader().open("default", { snapshot: 1 })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(existsSync(opened.tables.runs?.[0] ?? "")).toBe(false);
});

test("what is deleted is hidden with the next opening, restored only where it was inside", async () => {
  const reader = place.openReader();
  await insertRun(place.database, "second", 3);
  await log("second", 1, 2);
  await place.pass();
  const move = (stage: string) =>
    place.database.query("UPDATE tracking.run SET lifecycle_stage = $1 WHERE run_id = 'second'", [stage]);
  await move("deleted");
  const [{ run_no: second }] = (await place.database.query(
    "SELECT run_no FROM tracking.run WHERE run_id = 'second'",
  )) as [{ run_no: number }];
  expect((await reader.open("default", {})).hidden).toEqual([second]);
  await place.pass();
  expect(await stepsOf(await reader.open("default", {}))).toEqual([]);
  await move("active");
  // The second snapshot was made without it; the first one has all of it.
  expect(await stepsOf(await reader.open("default", { snapshot: 2 }))).toEqual([]);
  expect(await stepsOf(await reader.open("default", { snapshot: 1 }))).toEqual([1, 2]);
  expect(await stepsOf(await reader.open("default", { tail: true }))).toEqual([1, 2]);
});

test("a tail is what came since, made once for all who ask, and gone when the last has let it go", async () => {
  const reader = place.openReader();
  await place.pass();
  await log("first", 1, 2);
  const before = new Date((await place.database.query<{ now: Date }>("SELECT now()"))[0]?.now ?? 0);
  const [one, two] = await Promise.all([
    reader.open("default", { tail: true }),
    reader.open("default", { tail: true }),
  ]);
  expect(one.tables).toEqual(two.tables);
  expect(one.snapshot).toBe(1);
  expect(one.tailUntil?.getTime()).toBeGreaterThanOrEqual(before.getTime());
  expect(await stepsOf(one)).toEqual([1, 2]);
  expect(await place.readOpened("SELECT run_id, n::INT AS n, last FROM metric_summary", one)).toEqual([
    { run_id: "first", n: 2, last: 0.5 },
  ]);
  expect(await stepsOf(await reader.open("default", {}))).toEqual([]);
  await expect(reader.open("default", { tail: true, snapshot: 1 })).rejects.toMatchObject({ field: "tail" });

  // Another process has a tail of its own, of what has come meanwhile; this one's stays what it was.
  await log("first", 3);
  const other = place.openReader();
  const third = await other.open("default", { tail: true });
  expect(await stepsOf(third)).toEqual([1, 2, 3]);
  await place.pass();
  expect(await stepsOf(one)).toEqual([1, 2]);
  const left = () =>
    readdir(join(place.home, "scratch")).then((names) => names.filter((n) => /^tail/.test(n)));
  expect((await left()).length).toBe(2);
  for (const opened of [one, two, third]) opened.release();
  await reader.close();
  await other.close();
  expect(await left()).toEqual([]);
});

test("tails and snapshots hold all that was acknowledged before they were asked for, whatever goes on beside them", async () => {
  await place.pass();
  const direct = createDirectLog({ database: place.database });
  let sent = 0;
  let acknowledged = 0;
  let over = false;
  const write = async (): Promise<void> => {
    while (!over) {
      const from = sent;
      sent += 7;
      const rows = Array.from({ length: 7 }, (_, i): PointRow => ["loss", from + i, 0, i]);
      await direct.append({ workspace: "default", runId: "first", points: batchOf(rows) });
      acknowledged = sent;
    }
  };
  const tidy = async (): Promise<void> => {
    while (!over) {
      await place.pass({ filesPerTier: 2, batchPoints: 50 });
      const nothingKept = { snapshots: 1, seconds: 0, graceSeconds: 0 };
      await place.catalog.collectGarbage("default", nothingKept, place.folder.sweep);
      await createMetricReader({ database: place.database }).catchUp(["3"]);
    }
  };
  const expectAll = async (tail: boolean): Promise<number> => {
    const reader = place.openReader();
    const before = acknowledged;
    if (!tail) await place.pass();
    const opened = await reader.open("default", { tail });
    const steps = await stepsOf(opened);
    opened.release();
    await reader.close();
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps.length).toBeLessThanOrEqual(sent);
    expect(steps).toEqual(steps.map((_, i) => i));
    expect(steps.length).toBeGreaterThanOrEqual(before);
    return steps.length;
  };
  const beside = Promise.all([write(), tidy()]);
  try {
    const seen: number[] = [];
    for (let round = 0; round < 12; round += 1) seen.push(await expectAll(round % 3 !== 2));
    expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? 0);
  } finally {
    over = true;
    await beside;
    await direct.close();
  }
  await place.pass();
  expect((await stepsOf(await place.openReader().open("default", {}))).length).toBe(sent);
});

test("a tail without any snapshot makes one first", async () => {
  await log("first", 1);
  const opened = await place.openReader().open("default", { tail: true });
  expect(opened.snapshot).toBe(1);
  expect(await stepsOf(opened)).toEqual([1]);
});

test("a snapshot whose files are damaged is refused by name; the next one is whole", async () => {
  await log("first", 1, 2);
  await place.pass();
  const file = (await place.readManifest()).files.find(({ table }) => table === "metric_points");
  await truncate(place.folder.locate(file?.path ?? ""), 100);
  const reader = place.openReader();
  await expect(reader.open("default", {})).rejects.toMatchObject({
    reason: "snapshot_damaged",
    message: expect.stringContaining(file?.path ?? "?"),
  });
  expect(place.damage.length).toBe(1);
  expect(await leases()).toEqual([]);
  await place.pass();
  expect(await stepsOf(await reader.open("default", {}))).toEqual([1, 2]);

  const [row] = await place.database.query<{ manifest_path: string }>(
    "SELECT manifest_path FROM snapshot.snapshot ORDER BY seq DESC LIMIT 1",
  );
  await rm(place.folder.locate(row?.manifest_path ?? ""));
  const another = place.openReader();
  await expect(another.open("default", {})).rejects.toMatchObject({ reason: "snapshot_damaged" });
  await place.pass();
  expect(await stepsOf(await another.open("default", {}))).toEqual([1, 2]);
});

test("the views have the columns and rows of system.mlflow", async () => {
  await log("first", 1, 3, 2);
  await place.pass();
  const opened = await place.openReader().open("default", {});
  expect(
    await place.readOpened(
      "SELECT experiment_id, name, workspace_id, delete_time FROM experiments_latest",
      opened,
      "it's ours",
    ),
  ).toEqual([{ experiment_id: "3", name: "experiment 3", workspace_id: "it's ours", delete_time: null }]);
  expect(
    await place.readOpened(
      "SELECT run_id, m.metric_name, m.latest_value, m.min_value, m.max_value FROM (SELECT run_id, unnest(aggregated_metrics) AS m FROM runs_latest)",
      opened,
    ),
  ).toEqual([{ run_id: "first", metric_name: "loss", latest_value: 0.75, min_value: 0.25, max_value: 0.75 }]);
  expect(
    await place.readOpened(
      `SELECT metric_step::INT AS step, metric_value AS value, count(DISTINCT record_id) OVER ()::INT AS records
       FROM run_metrics_history WHERE metric_name = 'loss' ORDER BY metric_step`,
      opened,
    ),
  ).toEqual([
    { step: 1, value: 0.25, records: 3 },
    { step: 2, value: 0.5, records: 3 },
    { step: 3, value: 0.75, records: 3 },
  ]);
  await insertRun(place.database, "empty", 3);
  const tail = await place.openReader().open("default", { tail: true });
  expect(
    await place.readOpened(
      "SELECT run_id, len(aggregated_metrics)::INT AS n FROM runs_latest ORDER BY 1",
      tail,
    ),
  ).toEqual([
    { run_id: "empty", n: 0 },
    { run_id: "first", n: 1 },
  ]);
});
