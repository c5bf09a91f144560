import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createS3ArtifactStore } from "@runweir/artifacts-s3";
import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import { ensureEnvironment } from "@runweir/python";
import type { SnapshotFolder } from "@runweir/snapshot-domain";
import { openSnapshotFolder, openStoredFolder } from "@runweir/snapshot-duckdb";
import { createSnapshotTestPlace } from "@runweir/snapshot-duckdb/testing";
import { createDirectLog } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startMoodyStore } from "../testing/moody-store.ts";
import { bucketStore } from "./bucket-store.ts";

// Without Python the suite is skipped aloud; a strict run (continuous integration) must have it.
const python = await ensureEnvironment("s3").catch((error: Error) => error);
if (python instanceof Error && process.env.RUNWEIR_STRICT === "1") throw python;
if (python instanceof Error) console.warn(`SKIPPED, snapshots in S3: ${python.message}`);

let s3: Awaited<ReturnType<typeof startMoodyStore>>;
let place: Awaited<ReturnType<typeof createSnapshotTestPlace>>;
let prefix = 0;

const child = fileURLToPath(new URL("../testing/bucket-in-child.ts", import.meta.url));
const mounting = ["unshare", "--user", "--map-root-user", "--mount"] as const;
const mounts =
  spawnSync(mounting[0], [...mounting.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
if (!mounts) console.warn("SKIPPED, copies of a bucket on a disk that is full: no tmpfs is mounted for us.");

const onDisk = (option: string) =>
  [
    ...mounting,
    "bash",
    "-c",
    `mount -t tmpfs -o ${option} none "$0/default"; "$@"; cd "$0/default"; find . -type f -printf "%P %s\\n"`,
  ] as const;
/** The folder in front of the bucket may have no file of more than 8 KiB, is a disk of 24 KiB, or has room for one folder. */
const shortages = {
  "no file may grow": ["bash", "-c", `trap "" XFSZ; ulimit -f 8; exec "$@"`],
  "the disk is full": onDisk("size=24k"),
  "the disk has no room for names": onDisk("nr_inodes=2"),
} as const;

function openFolder(root: string, cacheBytes = 1e9): SnapshotFolder {
  return openStoredFolder({
    local: openSnapshotFolder(root),
    store: bucketStore(
      createS3ArtifactStore({ client: s3.client, bucket: s3.bucket, prefix: `snapshots/${prefix}` }),
    ),
    cacheBytes,
    standingMs: 1_000,
  });
}

describe.skipIf(python instanceof Error)("snapshots in a bucket", () => {
  beforeAll(async () => {
    if (!(python instanceof Error)) s3 = await startMoodyStore(python);
  });
  afterAll(() => s3?.stop());
  beforeEach(async () => {
    prefix += 1;
    place = await createSnapshotTestPlace({ openFolder });
    await insertRun(place.database, "first");
    await log(1, 2);
    await place.pass();
  });
  afterEach(async () => {
    s3.become("fine");
    await place.close();
  });

  async function log(...steps: number[]): Promise<void> {
    const direct = createDirectLog({ database: place.database });
    const points = batchOf(steps.map((step) => ["loss", step, step, step / 4]));
    await direct.append({ workspace: "default", runId: "first", points });
    await direct.close();
  }

  /** The points that a machine sees which has nothing but the bucket, or what it fetched before. */
  async function stepsOn(folder: SnapshotFolder, snapshot?: number): Promise<number[]> {
    const reader = place.openReader(folder);
    try {
      const opened = await reader.open("default", { snapshot });
      const rows = await place.readOpened<{ step: bigint }>(
        "SELECT step FROM metric_points ORDER BY 1",
        opened,
      );
      return rows.map(({ step }) => Number(step));
    } finally {
      await reader.close();
    }
  }

  const elsewhere = (name: string, cacheBytes?: number) => openFolder(join(place.home, name), cacheBytes);
  const keyOf = (path: string) => `snapshots/${prefix}/${path}`;
  const pointsFile = async () =>
    (await place.readManifest()).files.find(({ table }) => table === "metric_points")?.path ?? "";

  test("another machine reads what this one wrote, and goes on from it with nothing at hand", async () => {
    expect(await stepsOn(elsewhere("b"))).toEqual([1, 2]);
    await log(3);
    const other = elsewhere("c");
    expect(await place.pass({ folder: other, filesPerTier: 2 })).toMatchObject({ seq: 2, published: true });
    expect(await stepsOn(elsewhere("d"))).toEqual([1, 2, 3]);
    expect(await stepsOn(elsewhere("d"), 1)).toEqual([1, 2]);
    const retention = { snapshots: 1, seconds: 0, graceSeconds: 0 };
    const before = await pointsFile();
    await log(4);
    await place.pass({ folder: other, filesPerTier: 2 });
    await place.catalog.collectGarbage("default", retention, other.sweep);
    expect(await other.findDamage({ path: before, bytes: 1 } as never, false)).toContain("is missing");
    await expect(stepsOn(elsewhere("e"), 1)).rejects.toMatchObject({ code: "not_found" });
    expect(await stepsOn(elsewhere("e"))).toEqual([1, 2, 3, 4]);
  });

  test("a tail goes on from a bucket too", async () => {
    await log(3);
    const reader = place.openReader(elsewhere("b"));
    const opened = await reader.open("default", { tail: true });
    expect(await place.readOpened("SELECT max(step)::INT AS step FROM metric_points", opened)).toEqual([
      { step: 3 },
    ]);
    expect(await stepsOn(elsewhere("c"))).toEqual([1, 2]);
  });

  test("an altered file is noticed when it is fetched, a missing one before, and both are written anew", async () => {
    const path = await pointsFile();
    const bytes = (await place.readManifest()).files.find((file) => file.path === path)?.bytes ?? 0;
    await s3.replace(keyOf(path), Buffer.alloc(bytes, 1));
    const other = elsewhere("b");
    const altered = { reason: "snapshot_damaged", message: expect.stringContaining(path) };
    await expect(stepsOn(other)).rejects.toMatchObject(altered);
    expect(existsSync(other.locate(path))).toBe(false);
    const damage: string[] = [];
    await place.pass({ folder: other, onDamage: (what) => damage.push(what) });
    expect(damage).toEqual([expect.stringContaining("its checksum differs")]);
    expect(await stepsOn(elsewhere("c"))).toEqual([1, 2]);

    await s3.delete(keyOf(await pointsFile()));
    await expect(stepsOn(elsewhere("d"))).rejects.toMatchObject({
      message: expect.stringContaining("missing"),
    });
    await place.pass({ folder: elsewhere("d") });
    expect(await stepsOn(elsewhere("e"))).toEqual([1, 2]);

    const [row] = await place.database.query<{ path: string }>(
      "SELECT manifest_path AS path FROM snapshot.snapshot ORDER BY seq DESC LIMIT 1",
    );
    await s3.replace(keyOf(row?.path ?? ""), Buffer.from("{}"));
    await expect(stepsOn(elsewhere("f"))).rejects.toMatchObject({ reason: "snapshot_damaged" });
    await place.pass({ folder: elsewhere("f") });
    expect(await stepsOn(elsewhere("g"))).toEqual([1, 2]);
  });

  test.each(["failing", "silent", "breaking"] as const)(
    "while the store is %s nothing is published, what was fetched is read, and it goes on by itself",
    async (mood) => {
      const other = elsewhere("b");
      expect(await stepsOn(other)).toEqual([1, 2]);
      await log(3);
      s3.become(mood);
      await expect(place.pass()).rejects.toMatchObject({ code: "unavailable" });
      expect(await stepsOn(other)).toEqual([1, 2]);
      await expect(stepsOn(elsewhere("c"))).rejects.toMatchObject({ code: "unavailable" });
      const [current] = await place.database.query("SELECT seq FROM snapshot.current");
      expect(current).toEqual({ seq: 1 });
      s3.become("fine");
      expect(await place.pass()).toMatchObject({ seq: 2, published: true });
      expect(await stepsOn(other)).toEqual([1, 2, 3]);
    },
  );

  test.each(Object.keys(shortages) as readonly (keyof typeof shortages)[])(
    "when %s in front of the bucket nothing half is kept or published, and room is all that is needed",
    async (shortage) => {
      if (shortage !== "no file may grow" && !mounts) return;
      const work = async (task: "build" | "fetch", home: string, short: boolean): Promise<string> => {
        await mkdir(join(home, "default"), { recursive: true });
        const [command, ...args] = short ? [...shortages[shortage], home] : ["env"];
        const { stdout } = await promisify(execFile)(command as string, [
          ...args,
          ...[process.execPath, child, task, place.database.url, home],
          ...[s3.endpoint, s3.bucket, `snapshots/${prefix}`],
        ]);
        return stdout;
      };
      // Copies of what is published may stay, whole.
      const expectFull = async (said: string) => {
        const { files } = await place.readManifest();
        const whole = files.map(({ path, bytes }) => `${path} ${bytes}`);
        const [first = "", ...left] = said.trim().split("\n");
        expect(JSON.parse(first)).toMatchObject({
          code: "storage_full",
          message: expect.stringContaining("disk"),
        });
        expect(
          left.filter((name) => name !== "" && !name.startsWith("manifests/") && !whole.includes(name)),
        ).toEqual([]);
      };
      // Values that hardly compress.
      const direct = createDirectLog({ database: place.database });
      const points = Array.from({ length: 20_000 }, (_, i): PointRow => ["loss", i + 3, i + 3, Math.sin(i)]);
      await direct.append({ workspace: "default", runId: "first", points: batchOf(points) });
      await direct.close();
      const maker = join(place.home, "maker");
      await expectFull(await work("build", maker, true));
      expect(await stepsOn(elsewhere("b"))).toEqual([1, 2]);
      expect(JSON.parse(await work("build", maker, false))).toMatchObject({ seq: 2, published: true });
      const reader = join(place.home, "reader");
      await expectFull(await work("fetch", reader, true));
      expect(JSON.parse(await work("fetch", reader, false))).toMatchObject({ fetched: expect.any(Number) });
      expect(await stepsOn(openFolder(join(reader, "default")))).toHaveLength(20_002);
    },
  );

  test("a slow store is waited for", async () => {
    s3.become("slow");
    await log(3);
    expect(await place.pass()).toMatchObject({ seq: 2, published: true });
    expect(await stepsOn(elsewhere("b"))).toEqual([1, 2, 3]);
  });

  test("copies stay within their limit, but for what is in use", async () => {
    for (const step of [3, 4, 5, 6]) {
      await log(step);
      await place.pass();
    }
    const small = elsewhere("small", 1);
    for (const seq of [1, 3, 5]) {
      const count = seq + 1;
      expect((await stepsOn(small, seq)).length, String(seq)).toBe(count);
    }
    const copies = async () =>
      (await readdir(join(small.root, "data"), { recursive: true })).filter((name) => /parquet$/.test(name));
    await expect.poll(copies).toEqual([]);
    // An altered copy is no copy: the daily look at checksums takes it away.
    const large = elsewhere("large");
    expect((await stepsOn(large)).length).toBe(6);
    const file = (await place.readManifest()).files.find(({ table }) => table === "runs");
    if (!file) throw new Error("no file of runs");
    await writeFile(large.locate(file.path), Buffer.alloc(file.bytes));
    expect(await large.findDamage(file, true)).toBeUndefined();
    expect((await stepsOn(large)).length).toBe(6);
    await rm(large.root, { recursive: true });
  });
});
