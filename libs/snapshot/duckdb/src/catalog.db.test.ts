import { existsSync } from "node:fs";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createSnapshotTestPlace } from "../testing/snapshot-test-place.ts";
import { buildSnapshot } from "./build-snapshot.ts";

type Place = Awaited<ReturnType<typeof createSnapshotTestPlace>>;
const places: Place[] = [];
let place: Place;
beforeEach(async () => {
  place = await createSnapshotTestPlace();
  places.push(place);
  await insertRun(place.database, "first");
});
afterAll(() => Promise.all(places.map((one) => one.close())));

const rename = (name: string) =>
  place.database.query("UPDATE tracking.run SET run_name = $1 WHERE run_id = 'first'", [name]);
const names = async (seq?: number) =>
  (await place.read<{ run_name: string }>("SELECT run_name FROM runs ORDER BY ALL", seq)).map(
    (row) => row.run_name,
  );
const options = () => ({ workspace: "default", duckdb: place.duckdb, folder: place.folder });
const nothingKept = { snapshots: 1, seconds: 0, graceSeconds: 0 };

test("one builds at a time, and what is written meanwhile is for the next", async () => {
  await place.pass();
  const result = await place.catalog.build("default", async (build) => {
    expect(await place.catalog.build("default", async () => "second")).toBeUndefined();
    expect(await place.catalog.collectGarbage("default", nothingKept, async () => {})).toBe(false);
    await rename("meanwhile");
    return buildSnapshot(build, options());
  });
  expect(result).toMatchObject({ published: false });
  expect(await names()).toEqual(["first"]);
  expect(await place.pass()).toMatchObject({ published: true, seq: 2 });
  expect(await names()).toEqual(["meanwhile"]);
  expect(await names(1)).toEqual(["first"]);
});

test("CURRENT moves only from the snapshot that was built on", async () => {
  await place.pass();
  await rename("new");
  const overtaken = place.catalog.build("default", async (build) => {
    await place.database.query("UPDATE snapshot.current SET seq = 5");
    return buildSnapshot(build, options());
  });
  await expect(overtaken).rejects.toMatchObject({ code: "conflict" });
  const [current] = await place.database.query("SELECT seq FROM snapshot.current");
  expect(current).toEqual({ seq: 5 });
});

test("a snapshot that somebody holds keeps its files; let go, they go", async () => {
  await place.pass();
  const lease = await place.catalog.lease("default", { holder: "test", seconds: 600 });
  for (const name of ["two", "three"]) {
    await rename(name);
    await place.pass();
  }
  const collect = () => place.catalog.collectGarbage("default", nothingKept, place.folder.sweep);
  await collect();
  expect(await names(lease.seq)).toEqual(["first"]);
  await expect(place.catalog.lease("default", { holder: "late", seconds: 1, seq: 2 })).rejects.toMatchObject({
    code: "not_found",
  });
  await place.catalog.renew(lease.leaseId, 600);
  await place.catalog.release(lease.leaseId);
  await collect();
  expect(existsSync(place.folder.locate(lease.manifestPath))).toBe(false);
  await expect(place.catalog.renew(lease.leaseId, 600)).rejects.toMatchObject({ code: "not_found" });
  expect(await names()).toEqual(["three"]);
});

test("files outlive their last snapshot by the time of grace", async () => {
  await place.pass();
  const first = await place.readManifest();
  await rename("two");
  await place.pass();
  await place.catalog.collectGarbage("default", { ...nothingKept, graceSeconds: 600 }, place.folder.sweep);
  for (const file of first.files) expect(existsSync(place.folder.locate(file.path))).toBe(true);
  await place.catalog.collectGarbage("default", nothingKept, place.folder.sweep);
  const runs = first.files.find((file) => file.table === "runs");
  expect(existsSync(place.folder.locate(runs?.path ?? ""))).toBe(false);
});

test("nothing is recorded for a warehouse that has not come for a week; when it comes, it reads everything", async () => {
  await rename("before the first");
  const recorded = () => place.database.query("SELECT FROM snapshot.change");
  expect(await recorded()).toEqual([]);
  await place.pass();
  await rename("recorded");
  expect((await recorded()).length).toBe(1);
  await place.database.query("UPDATE snapshot.recorder SET until = now() - interval '1 second'");
  await rename("unrecorded");
  await insertRun(place.database, "second");
  expect((await recorded()).length).toBe(1);
  await place.pass();
  expect(await names()).toEqual(["second", "unrecorded"]);
  // What was deleted meanwhile is not known, so nobody may begin to read the older one.
  await expect(names(1)).rejects.toMatchObject({ code: "not_found" });
  expect(await recorded()).toEqual([]);
});

test("a builder waits for those who began to write before recording did", async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let began = (): void => {};
  const writing = new Promise<void>((resolve) => {
    began = resolve;
  });
  const writer = place.database.transaction(async (client) => {
    await client.query("UPDATE tracking.run SET run_name = 'early' WHERE run_id = 'first'");
    began();
    await held;
  });
  await writing;
  const pass = place.pass();
  for (;;) {
    const [row] = await place.database.query("SELECT FROM snapshot.recorder");
    if (row) break;
  }
  release();
  await writer;
  await pass;
  expect(await names()).toEqual(["early"]);
});
