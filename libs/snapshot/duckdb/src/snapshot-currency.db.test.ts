import { batchOf } from "@runweir/ingest-domain/testing";
import { createSnapshotCurrency } from "@runweir/snapshot-postgres";
import { createDirectLog, createMetricReader } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSnapshotTestPlace } from "../testing/snapshot-test-place.ts";

let place: Awaited<ReturnType<typeof createSnapshotTestPlace>>;
let log: ReturnType<typeof createDirectLog>;
let seq: number;
/** A run of experiment 1, new with every test: with a tag and a point, and one that is deleted. */
let runId: string;
let count = 0;

beforeAll(async () => {
  place = await createSnapshotTestPlace();
  log = createDirectLog({ database: place.database });
  await insertRun(place.database, "other", 2);
  await insertRun(place.database, "elsewhere", 3, "another");
});
afterAll(async () => {
  await log.close();
  await place.close();
});
beforeEach(async () => {
  count += 1;
  runId = `run-${count}`;
  await insertRun(place.database, runId, 1);
  await insertRun(place.database, `${runId}-deleted`, 1);
  await move(`${runId}-deleted`, "deleted");
  await insert("tag", "first");
  await logPoint(runId, 1);
  await takeSnapshot();
});

async function takeSnapshot(): Promise<void> {
  await place.pass();
  ({ seq } = await place.readManifest());
}

const run = (sql: string, values: readonly unknown[] = []) => place.database.query(sql, values);
const insert = (kind: "tag" | "param", key: string, of = runId) =>
  run(`INSERT INTO tracking.run_${kind} SELECT run_no, $2, 'v' FROM tracking.run WHERE run_id = $1`, [
    of,
    key,
  ]);
const move = (of: string, stage: string) =>
  run("UPDATE tracking.run SET lifecycle_stage = $2 WHERE run_id = $1", [of, stage]);
const currentFor = (...experimentIds: string[]) =>
  createSnapshotCurrency(place.database).currentFor("default", experimentIds);
const logPoint = (runId: string, step: number) =>
  log.append({ workspace: "default", runId, points: batchOf([["loss", step, step, step]]) });
const fold = (experimentId: string) =>
  createMetricReader({ database: place.database }).catchUp([experimentId]);

it("is current after a snapshot, of experiments that are not there too", async () => {
  expect(await currentFor("1", "2", "77")).toBe(seq);
});

it("is unknown where no snapshot is", async () => {
  expect(await createSnapshotCurrency(place.database).currentFor("another", ["3"])).toBeUndefined();
});

describe("of the experiment alone that it was of, a snapshot is no longer current after", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a new run", () => insertRun(place.database, `${runId}-new`, 1)],
    ["a status", () => run("UPDATE tracking.run SET status = 'FINISHED' WHERE run_id = $1", [runId])],
    ["a tag", () => insert("tag", "second")],
    [
      "a tag taken away",
      () =>
        run(
          "DELETE FROM tracking.run_tag t USING tracking.run r WHERE t.run_no = r.run_no AND r.run_id = $1",
          [runId],
        ),
    ],
    ["a param", () => insert("param", "lr")],
    ["a metric point", () => logPoint(runId, 2)],
    [
      "a metric point that was folded meanwhile",
      async () => {
        await logPoint(runId, 2);
        await fold("1");
        expect(await run("SELECT FROM tracking.metric_segment")).toEqual([]);
      },
    ],
    ["a deletion", () => move(runId, "deleted")],
    ["a restore", () => move(`${runId}-deleted`, "active")],
    [
      "a tag of the experiment",
      () => run("INSERT INTO tracking.experiment_tag VALUES (1, $1, 'v')", [runId]),
    ],
  ])("%s", async (_, change) => {
    expect(await currentFor("1")).toBe(seq);
    await change();
    expect(await currentFor("1")).toBeUndefined();
    expect(await currentFor("2", "1")).toBeUndefined();
    expect(await currentFor("2")).toBe(seq);
  });
});

it("stays current when what it holds is folded", async () => {
  await fold("1");
  expect(await run("SELECT FROM snapshot.new_chunk")).not.toEqual([]);
  expect(await currentFor("1")).toBe(seq);
});

it("does not look through many changes, of whatever", async () => {
  await insert("tag", "second", "other");
  await run("INSERT INTO snapshot.change (kind, number) SELECT 'run', 1000000 FROM generate_series(1, 5000)");
  expect(await currentFor("1")).toBeUndefined();
  await run("DELETE FROM snapshot.change WHERE number = 1000000");
  expect(await currentFor("1")).toBe(seq);
});

it("is unknown when changes are recorded no more", async () => {
  await run("UPDATE snapshot.recorder SET until = now() - interval '1 second'");
  expect(await currentFor("1")).toBeUndefined();
  await takeSnapshot();
  expect(await currentFor("1")).toBe(seq);
});
