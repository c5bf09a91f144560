import { execFile, spawn, spawnSync } from "node:child_process";
import { readdir, rm, truncate, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { batchOf, distinctRows, type PointRow } from "@runweir/ingest-domain/testing";
import { ensureEnvironment } from "@runweir/python";
import { createDirectLog, createMetricReader } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareWithPandas } from "../testing/compare-with-pandas.ts";
import { createSnapshotTestPlace } from "../testing/snapshot-test-place.ts";
import { buildSnapshot } from "./build-snapshot.ts";

// Without Python pandas' word is skipped aloud; a strict run (continuous integration) must have it.
const python = await ensureEnvironment("readers").catch((error: Error) => error);
if (python instanceof Error && process.env.RUNWEIR_STRICT === "1") throw python;
if (python instanceof Error) console.warn(`SKIPPED, snapshots as pandas sees them: ${python.message}`);

let place: Awaited<ReturnType<typeof createSnapshotTestPlace>>;
const model = new Map<string, PointRow[]>();
const runIds = ["a", "b", "c", "d"];

beforeAll(async () => {
  place = await createSnapshotTestPlace();
  for (const [i, runId] of runIds.entries()) await insertRun(place.database, runId, (i % 2) + 1);
  await change(createRandom(0), 300);
  await place.pass();
});
afterAll(() => place.close());

/** Small and the same everywhere; the seed says where a case went wrong. */
function createRandom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) ^ Math.imul(state + 0x9e3779b9, 0x297a2d39);
    return (state >>> 0) / 2 ** 32;
  };
}

async function change(random: () => number, points: number): Promise<void> {
  const log = createDirectLog({ database: place.database });
  for (const runId of runIds) {
    if (random() < 0.3) continue;
    const rows = Array.from({ length: points }, (): PointRow => {
      // Multiples of a power of two: their sums are exact in every order.
      const value = random() < 0.1 ? Number.NaN : Math.floor(random() * 2 ** 20) / 2 ** 10;
      return [random() < 0.5 ? "loss" : "acc", Math.floor(random() * 1_000), Math.floor(random() * 3), value];
    });
    await log.append({ workspace: "default", runId, points: batchOf(rows) });
    model.set(runId, distinctRows([...(model.get(runId) ?? []), ...rows]));
    await place.database.query(
      `INSERT INTO tracking.run_tag SELECT run_no, 'seen', $2 FROM tracking.run WHERE run_id = $1
       ON CONFLICT (run_no, key) DO UPDATE SET value = EXCLUDED.value`,
      [runId, String(random())],
    );
  }
  if (random() < 0.5) await createMetricReader({ database: place.database }).catchUp(["1"]);
  await log.close();
}

const fingerprint = `SELECT run_id, key, count(*)::INT AS n, count(*) FILTER (isnan(value))::INT AS nan,
  sum(step)::DOUBLE AS steps, bit_xor(hash(step, ts, value))::VARCHAR AS points FROM metric_points GROUP BY ALL ORDER BY ALL`;

function counts(): unknown[] {
  return [...model]
    .flatMap(([run_id, rows]) =>
      [...Map.groupBy(rows, (row) => row[0])].map(([key, ofKey]) => ({
        run_id,
        key,
        n: ofKey.length,
        nan: ofKey.filter((row) => Number.isNaN(row[3])).length,
        steps: ofKey.reduce((sum, row) => sum + row[1], 0),
      })),
    )
    .sort((a, b) => (a.run_id + a.key < b.run_id + b.key ? -1 : 1));
}

async function expectComplete(): Promise<void> {
  expect(await place.read(`SELECT * EXCLUDE (points) FROM (${fingerprint})`)).toEqual(counts());
  const tags = await place.database.query(
    "SELECT run_id, value FROM tracking.run JOIN tracking.run_tag USING (run_no) WHERE key = 'seen' ORDER BY run_id",
  );
  expect(await place.read("SELECT run_id, value FROM tags WHERE key = 'seen' ORDER BY run_id")).toEqual(tags);
  const summary = await place.read("SELECT run_id, key, n::INT AS n FROM metric_summary ORDER BY ALL");
  expect(summary).toEqual(await place.read(`SELECT run_id, key, n FROM (${fingerprint})`));
}

/** What pandas makes of the original list, against the files themselves. */
async function expectPandasToAgree(): Promise<void> {
  if (python instanceof Error) return;
  const reader = place.openReader();
  const opened = await reader.open("default", {});
  const runs = await place.database.query("SELECT experiment_id, run_no, run_id FROM tracking.run");
  const tags = await place.database.query(
    "SELECT experiment_id, run_no, run_id, key, value FROM tracking.run JOIN tracking.run_tag USING (run_no)",
  );
  const counts = await compareWithPandas(python, { points: model, runs, tags }, opened);
  expect(counts.metric_points).toBe([...model.values()].reduce((sum, rows) => sum + rows.length, 0));
  await reader.close();
}

const child = fileURLToPath(new URL("../testing/build-in-child.ts", import.meta.url));

/** What the child said, or the signal that ended it. `blocks`: no file may have more than so many KiB. */
async function runChild(step: string, milliseconds: number, blocks?: number): Promise<string> {
  const command = [process.execPath, child, place.database.url, place.home, step, String(milliseconds)];
  const limit = blocks === undefined ? "unlimited" : String(blocks);
  const process_ = spawn("bash", ["-c", `ulimit -f ${limit}; exec "$@"`, "child", ...command]);
  let said = "";
  process_.stdout.on("data", (part: Buffer) => {
    said += part.toString();
  });
  process_.stderr.on("data", (part: Buffer) => {
    said += part.toString();
  });
  const signal = await new Promise<string | null>((resolve) =>
    process_.once("close", (_, by) => resolve(by)),
  );
  return signal ?? said;
}

/** Paths of all files there are, and of all files that any snapshot has. */
async function listFiles(): Promise<{ there: string[]; known: string[] }> {
  const entries = await readdir(`${place.home}/default`, { recursive: true });
  const rows = await place.database.query<{ path: string }>(
    "SELECT path FROM snapshot.file UNION ALL SELECT manifest_path FROM snapshot.snapshot",
  );
  const there = entries.filter((name) => /\.(parquet|json)$/.test(name));
  return { there: there.sort(), known: rows.map((row) => row.path).sort() };
}

test("killed anywhere, a builder disturbs no reader, and the next one is right", async () => {
  const steps = ["tags", "metric_points", "metric_summary", "compaction", "manifest", "publish", "published"];
  for (const [seed, step] of [...steps, ...steps].entries()) {
    const random = createRandom(seed + 1);
    const lease = await place.catalog.lease("default", { holder: "test", seconds: 600 });
    const before = await place.read(fingerprint, lease.seq);
    await change(random, 300);
    // At once, or in the middle of what the step does: then it may have been quicker.
    const milliseconds = seed < steps.length ? 0 : Math.floor(random() * 15);
    const said = await runChild(step, milliseconds);
    if (milliseconds === 0) expect(said, step).toBe("SIGKILL");
    expect(await place.read(fingerprint, lease.seq), `seed ${seed}`).toEqual(before);
    const { seq } = await place.pass({ filesPerTier: 3 });
    await expectComplete();
    expect(await place.read(fingerprint, lease.seq), `seed ${seed}`).toEqual(before);
    expect(seq).toBeGreaterThan(lease.seq);
    await place.catalog.release(lease.leaseId);
  }
  await place.catalog.collectGarbage(
    "default",
    { snapshots: 2, seconds: 0, graceSeconds: 0 },
    place.folder.sweep,
  );
  const { there, known } = await listFiles();
  expect(there).toEqual(known);
  await expectComplete();
  await expectPandasToAgree();
});

test.each(["findPoints", "readRows", "publish"] as const)(
  "a builder whose Postgres goes away at %s publishes nothing; readers go on, and so does the next one",
  async (step) => {
    const reader = place.openReader();
    const opened = await reader.open("default", {});
    const before = await place.readOpened(fingerprint, opened);
    await change(createRandom(step.length), 300);
    const files = await listFiles();
    let endings = 0;
    const endConnection = async () => {
      const ended = await place.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
      endings += ended.length;
    };
    const broken = place.catalog.build("default", (build) => {
      const leave = async (...given: unknown[]): Promise<unknown> => {
        await endConnection();
        return (build[step] as (...all: unknown[]) => unknown)(...given);
      };
      return buildSnapshot(
        { ...build, [step]: leave },
        { workspace: "default", duckdb: place.duckdb, folder: place.folder },
      );
    });
    await expect(broken).rejects.toMatchObject({ code: "unavailable" });
    expect(endings).toBeGreaterThan(0);
    expect((await listFiles()).there).toEqual(files.there);
    expect(await place.readOpened(fingerprint, opened)).toEqual(before);
    await place.pass();
    await expectComplete();
    await expectPandasToAgree();
    await reader.close();
  },
);

/** A disk of its own for the snapshots, in a mount namespace, where this system allows that. */
const mounting = ["unshare", "--user", "--map-root-user", "--mount"] as const;
const mounts =
  spawnSync(mounting[0], [...mounting.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
if (!mounts) console.warn("SKIPPED, a snapshot on a disk that is full: this system mounts no tmpfs for us.");

/** As `runChild`, on a copy of the folder that has room for so many KiB more; ends with the names of what is left. */
async function runOnSmallDisk(room: number): Promise<string> {
  const script = `set -e; cp -a "$1/default" "$1/kept"; cd "$1"
    used=$(find kept -type f -printf '%s\\n' | awk '{ sum += int(($1 + 4095) / 4096) * 4 } END { print sum }')
    mount -t tmpfs -o size=$((used + ${room}))k none default; cp -a kept/. default; rm -r kept
    "$\{@:2}"; cd default; find . -type f | cut -c 3- | sort`;
  const command = [process.execPath, child, place.database.url, place.home, "never", "0"];
  const { stdout, stderr } = await promisify(execFile)(mounting[0], [
    ...mounting.slice(1),
    ...["bash", "-c", script, "child", place.home, ...command],
  ]);
  return stdout + stderr;
}

test.each(["no file may grow", "the disk is full"])(
  "when %s the old snapshot stays, nothing is left behind, and room is all that is needed",
  async (kind) => {
    const isDisk = kind === "the disk is full";
    if (isDisk && !mounts) return;
    await place.pass();
    const before = await listFiles();
    const was = await place.read(fingerprint);
    await change(createRandom(isDisk ? 101 : 100), 5_000);
    const said = isDisk ? await runOnSmallDisk(24) : await runChild("never", 0, 8);
    expect(said).toContain("storage_full");
    expect(said).toContain("disk");
    if (isDisk) {
      expect(said).toMatch(/ENOSPC|No space left on device/);
      expect(said.trim().split("\n").slice(1)).toEqual(before.there);
    }
    expect(await place.read(fingerprint)).toEqual(was);
    expect((await listFiles()).there).toEqual(before.there);
    await place.pass();
    await expectComplete();
  },
);

test.each(["metric_points", "metric_summary", "tags"])(
  "a truncated, an altered and a missing file of %s is named and written anew",
  async (table) => {
    const damage: ((path: string, bytes: number) => Promise<void>)[] = [
      (path, bytes) => truncate(path, bytes - 1),
      (path, bytes) => writeFile(path, Buffer.alloc(bytes)),
      (path) => rm(path),
    ];
    for (const [kind, inflict] of damage.entries()) {
      const manifest = await place.readManifest();
      const file = manifest.files.find((one) => one.table === table);
      if (!file) throw new Error("no such file");
      await inflict(place.folder.locate(file.path), file.bytes);
      const named: string[] = [];
      const result = await place.pass({ thorough: kind === 1, onDamage: (what) => named.push(what) });
      expect(result).toMatchObject({ published: true, seq: manifest.seq + 1 });
      expect(named).toHaveLength(1);
      expect(named[0]).toContain(file.path);
      await expectComplete();
    }
    expect(await place.pass({ thorough: true })).toMatchObject({ published: false });
  },
);

test("without its manifest, a snapshot cannot be read, and says so; the next one is made from the database", async () => {
  const { leaseId, manifestPath, manifestSha256 } = await place.catalog.lease("default", {
    holder: "t",
    seconds: 600,
  });
  await place.catalog.release(leaseId);
  await writeFile(place.folder.locate(manifestPath), "{}");
  await expect(place.folder.readManifest(manifestPath, manifestSha256)).rejects.toMatchObject({
    code: "failed_precondition",
    message: `Manifest ${manifestPath} is not as it was written. The next snapshot writes it anew.`,
  });
  await rm(place.folder.locate(manifestPath));
  await expect(place.read(fingerprint)).rejects.toThrow(`Manifest ${manifestPath} is missing`);
  const named: string[] = [];
  await place.pass({ onDamage: (what) => named.push(what) });
  expect(named).toEqual([`Manifest ${manifestPath} is missing. The next snapshot writes it anew.`]);
  await expectComplete();
});
