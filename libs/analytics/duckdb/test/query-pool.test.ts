import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { openQueryBench, type QueryBench } from "./query-bench.ts";
import { mostResidentMegabytes, read, workerProcesses } from "./worker-processes.ts";

// Most tests start several processes, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let bench: QueryBench;
afterEach(() => bench.close());

const endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b";
/** One call of minutes that DuckDB cannot interrupt. */
const deaf = "SELECT levenshtein(repeat('a', 1000000), repeat('b', 1000000))";
const cancelled = Object.assign(new Error("cancelled"), { code: "cancelled" });
const onLinux = test.skipIf(process.platform !== "linux");
if (process.platform !== "linux") console.warn("SKIPPED: limits of processes are looked at on Linux only.");

const groupPerPoint =
  "SELECT count(*), min(m), max(m) FROM (SELECT run_no, key, step, max(value) AS m FROM metric_points GROUP BY ALL)";

const manyPoints = 16_000_000;
let pointsFolder: string | undefined;
afterAll(async () => {
  if (pointsFolder !== undefined) await rm(pointsFolder, { recursive: true });
});

/** A snapshot of so many points of ten runs; written once. */
async function snapshotOfManyPoints() {
  const isWritten = pointsFolder !== undefined;
  pointsFolder ??= await mkdtemp(join(tmpdir(), "runweir-points-"));
  const file = join(pointsFolder, "many-points.parquet");
  if (!isWritten) await writePoints(file);
  return { snapshot: 8, hidden: [], tables: { metric_points: [file] } };
}

async function writePoints(file: string): Promise<void> {
  const writer = await DuckDBInstance.create(":memory:");
  const connection = await writer.connect();
  await connection.run(
    `COPY (SELECT (i // 1600000)::INTEGER AS run_no, 'metric_' || (i // 1000 % 10) AS key, i AS step, (i * 7919 % 1000003) / 8 AS value
       FROM range(${manyPoints}) t(i)) TO '${file}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)`,
  );
  connection.closeSync();
  writer.closeSync();
}

const running = (run: ReturnType<QueryBench["pool"]["start"]>) =>
  vi.waitUntil(() => run.progress().state === "running", { timeout: 20_000, interval: 5 });

onLinux(
  "a worker inherits nothing, and the system holds its memory, its files and its core dumps",
  async () => {
    bench = await openQueryBench({ workers: 1 });
    await bench.rows({ sql: "SELECT 1" });
    const [pid] = workerProcesses(bench.folder) as [number];
    const names = read(pid, "environ")
      .split("\0")
      .filter(Boolean)
      .map((entry) => entry.split("=")[0]);
    expect(
      names.filter(
        (name) => !/^(NODE_CHANNEL_\w+|MALLOC_MMAP_THRESHOLD_|PWD|OLDPWD|SHLVL|_)$/.test(name as string),
      ),
    ).toEqual([]);
    const limits = read(pid, "limits");
    expect(limits).toMatch(/Max data size\s+\d+/);
    expect(limits).toMatch(/Max file size\s+\d+/);
    expect(limits).toMatch(/Max core file size\s+0/);
  },
);

onLinux(
  "what takes memory without end is held while others are answered",
  async () => {
    bench = await openQueryBench();
    let most = 0;
    const watch = setInterval(() => {
      for (const pid of workerProcesses(bench.folder)) most = Math.max(most, mostResidentMegabytes(pid));
    }, 50);
    try {
      for (const sql of [
        "SELECT len(range(100000000))",
        "SELECT len(list_transform(range(30000000), lambda x: repeat('x', 1000)))",
        "SELECT list(range) FROM range(300000000)",
      ]) {
        const hog = expect(bench.ask({ sql, owner: "hog" })).rejects.toMatchObject({
          code: "resource_exhausted",
        });
        expect(await bench.rows({ sql: "SELECT count(*) FROM runs", owner: "good" })).toEqual([[1_000]]);
        await hog;
      }
    } finally {
      clearInterval(watch);
    }
    expect(most).toBeGreaterThan(50);
    // 128 MB for the statement, 256 for its result, and what Node has set aside but mostly not touched.
    expect(most).toBeLessThan(128 + 256 + 640);
  },
  120_000,
);

onLinux(
  "aggregates over all points spill, or give back what they took: one worker answers them again and again",
  async () => {
    bench = await openQueryBench({ workers: 1, threadsPerWorker: 2, spillMegabytes: 1_024 });
    const files = await snapshotOfManyPoints();
    const ask = (sql: string) => bench.rows({ sql, files, viewKey: "many" });
    // Each value is kept, in memory that DuckDB neither counts nor spills: as much as its limit.
    const all = await ask("SELECT count(*), min(value), max(value) FROM metric_points");
    for (let round = 0; round < 3; round += 1) {
      const rows = await ask(
        `SELECT key, quantile_cont(value, 0.9), count(*) FROM metric_points WHERE step >= ${round} GROUP BY key ORDER BY key`,
      );
      expect(rows.map(([key]) => key)).toEqual(Array.from({ length: 10 }, (_, i) => `metric_${i}`));
      expect(rows.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(manyPoints - round);
    }
    // A group per point: many times what DuckDB may hold. A second process tries with smaller pieces.
    const [first] = workerProcesses(bench.folder) as [number];
    expect(await ask(groupPerPoint)).toEqual(all);
    expect(workerProcesses(bench.folder)).not.toContain(first);
    expect(bench.notices).toEqual([]);
  },
  120_000,
);

onLinux(
  "a group per point is answered by many threads with little memory too",
  async () => {
    bench = await openQueryBench({ workers: 1, threadsPerWorker: 8, spillMegabytes: 4_096 });
    const files = await snapshotOfManyPoints();
    const ask = (sql: string) => bench.rows({ sql, files, viewKey: "many" });
    const all = await ask("SELECT count(*), min(value), max(value) FROM metric_points");
    expect(await ask(groupPerPoint)).toEqual(all);
    expect(bench.notices).toEqual([]);
  },
  120_000,
);

onLinux("a statement that made its worker grow leaves a fresh one to the next", async () => {
  bench = await openQueryBench({ workers: 1 });
  await bench.rows({ sql: "SELECT count(*) FROM runs" });
  const [first] = workerProcesses(bench.folder) as [number];
  await bench.rows({ sql: "SELECT count(*) FROM params" });
  expect(workerProcesses(bench.folder)).toEqual([first]);
  // Given back by then, but not to the system: it would go on counting against the limit of the process.
  expect(await bench.rows({ sql: "SELECT len(repeat('x', 200000000))" })).toEqual([[200_000_000]]);
  expect(await bench.rows({ sql: "SELECT count(*) FROM runs" })).toEqual([[1_000]]);
  expect(workerProcesses(bench.folder)).not.toContain(first);
});

onLinux(
  "what finds too little memory left in a used worker is answered by a fresh one, what is too much for that too is refused",
  async () => {
    bench = await openQueryBench({ workers: 1 });
    // Not so much that its worker is replaced for it.
    const leaving = "SELECT len(repeat('x', 100000000))";
    expect(await bench.rows({ sql: leaving })).toEqual([[100_000_000]]);
    const [used] = workerProcesses(bench.folder) as [number];
    const large =
      "SELECT i % 9 AS part, quantile_cont(i, 0.5), count(*) FROM range(36000000) t(i) GROUP BY part ORDER BY part";
    const rows = await bench.rows({ sql: large });
    expect(rows.map(([part, , count]) => [part, count])).toEqual(
      Array.from({ length: 9 }, (_, part) => [part, 4_000_000]),
    );
    expect(workerProcesses(bench.folder)).not.toContain(used);
    expect(bench.notices).toEqual([]);
    const most = bench.rows({ sql: "SELECT len(range(100000000))" });
    await expect(most).rejects.toMatchObject({ reason: "out_of_memory" });
    expect(bench.notices).toEqual([expect.stringContaining("out_of_memory")]);
    expect(await bench.rows({ sql: "SELECT count(*) FROM runs" })).toEqual([[1_000]]);
  },
  60_000,
);

test("a statement that is asked again is answered for its new values, of another kind and after many others too", async () => {
  bench = await openQueryBench({ workers: 1 });
  const below = (value: unknown, more = "") =>
    bench.rows({ sql: `SELECT count(*) FROM runs WHERE run_no < $1${more}`, params: [value] as never });
  expect(await below(10)).toEqual([[10]]);
  expect(await below(20)).toEqual([[20]]);
  expect(await below(10.5)).toEqual([[11]]);
  expect(await below("7")).toEqual([[7]]);
  expect(await below(null)).toEqual([[0]]);
  for (let other = 0; other < 40; other += 1)
    expect(await below(other, ` AND run_no >= ${other % 20}`)).toEqual([[other - (other % 20)]]);
  expect(await below(30)).toEqual([[30]]);
  await expect(below("many")).rejects.toMatchObject({ reason: "conversion" });
  expect(await below(40)).toEqual([[40]]);
  const [a, b] = await Promise.all(
    ["random", "random"].map((name) => bench.rows({ sql: `SELECT ${name}() + $1`, params: [1] })),
  );
  expect(a).not.toEqual(b);
}, 60_000);

test("whoever asks for everything leaves a worker to the others", async () => {
  bench = await openQueryBench();
  const hogs = Array.from({ length: 6 }, () =>
    bench.pool.start(bench.request({ sql: endless, owner: "hog" })),
  );
  expect(await bench.rows({ sql: "SELECT count(*) FROM runs", owner: "good" })).toEqual([[1_000]]);
  const states = hogs.map((run) => run.progress().state);
  expect(states.filter((state) => state === "running").length).toBeLessThanOrEqual(1);
  for (const run of hogs) run.cancel(cancelled);
  for (const run of hogs) await expect(run.done).rejects.toBe(cancelled);
});

test("a cancelled statement is answered at once, also where DuckDB does not listen, and its worker is replaced", async () => {
  bench = await openQueryBench({ workers: 1, graceMs: 2_000 });
  const run = bench.pool.start(bench.request({ sql: deaf }));
  await running(run);
  const began = performance.now();
  run.cancel(cancelled);
  await expect(run.header).rejects.toBe(cancelled);
  await expect(run.done).rejects.toBe(cancelled);
  // Long before the time of grace is over.
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});

test("a statement that waits is cancelled without having run", async () => {
  bench = await openQueryBench({ workers: 1 });
  const first = bench.pool.start(bench.request({ sql: endless }));
  const second = bench.pool.start(bench.request({ sql: "SELECT 1", owner: "other" }));
  await running(first);
  expect(second.progress()).toEqual({ state: "waiting", ahead: 0 });
  second.cancel(cancelled);
  await expect(second.header).rejects.toBe(cancelled);
  first.cancel(cancelled);
  expect(await bench.rows({ sql: "SELECT 2" })).toEqual([[2]]);
});

test("more than may wait is refused", async () => {
  bench = await openQueryBench({ workers: 1, waitingMax: 2 });
  const runs = [1, 2].map(() => bench.pool.start(bench.request({ sql: endless })));
  await running(runs[0] as (typeof runs)[0]);
  runs.push(bench.pool.start(bench.request({ sql: endless })));
  expect(() => bench.pool.start(bench.request({ sql: "SELECT 1" }))).toThrow(
    expect.objectContaining({ code: "resource_exhausted", reason: "queue_full" }),
  );
  for (const run of runs) run.cancel(cancelled);
});

test("a statement is stopped at its time, and says how long it had", async () => {
  bench = await openQueryBench({ workers: 1 });
  const limits = { rows: 1, bytes: 1_000, seconds: 1 };
  for (const sql of [endless, deaf])
    await expect(bench.ask({ sql, limits })).rejects.toMatchObject({
      reason: "time_limit",
      message: /longer than 1 s/,
    });
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});

onLinux("a worker that dies takes one statement with it and no more", async () => {
  bench = await openQueryBench({ workers: 1 });
  const run = bench.pool.start(bench.request({ sql: endless }));
  await running(run);
  for (const pid of workerProcesses(bench.folder)) process.kill(pid, "SIGSEGV");
  await expect(run.done).rejects.toMatchObject({ reason: "worker_ended" });
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
  expect(bench.notices).toEqual([expect.stringMatching(/ended \(SIGSEGV/)]);
});

test("a result that nobody reads to its end gives its worker back", async () => {
  bench = await openQueryBench({ workers: 1 });
  const big = bench.request({ sql: "SELECT repeat('x', 1000) FROM range(40000)", format: "csv" });
  const run = bench.pool.start({ ...big, limits: { rows: 1_000_000, bytes: 2_000_000_000, seconds: 60 } });
  for await (const piece of run.body) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  await expect(run.done).rejects.toMatchObject({ reason: "cancelled" });
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});

test("more than the disk allows is refused, and nothing stays on it", async () => {
  bench = await openQueryBench({ workers: 1, spillMegabytes: 8 });
  await expect(
    bench.ask({
      sql: "SELECT count(*) FROM (SELECT repeat(i::VARCHAR, 40) AS t FROM range(20000000) r(i) ORDER BY t)",
    }),
  ).rejects.toMatchObject({ code: "resource_exhausted" });
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
  const spill = join(bench.folder, "spill");
  const folders = await readdir(spill);
  expect(folders.length).toBe(1);
  expect(await readdir(join(spill, folders[0] as string))).toEqual([]);
}, 60_000);

test("a missing or damaged file is said without its path, and other snapshots are read", async () => {
  bench = await openQueryBench({ workers: 1 });
  const damaged = join(bench.folder, "damaged.parquet");
  await writeFile(damaged, "PAR1 this is not what it seems PAR1");
  for (const file of [damaged, join(bench.folder, "missing.parquet")]) {
    const files = { snapshot: 8, hidden: [], tables: { runs: [file] } };
    await expect(bench.ask({ sql: "SELECT 1", files, viewKey: file })).rejects.toMatchObject({
      code: "unavailable",
      message: "A file of the snapshot cannot be read.",
    });
    expect(bench.notices.at(-1)).toContain(file);
  }
  expect(await bench.rows({ sql: "SELECT count(*) FROM runs" })).toEqual([[1_000]]);
});

onLinux("closing ends every worker, whatever it does, and leaves no folder", async () => {
  bench = await openQueryBench();
  const run = bench.pool.start(bench.request({ sql: deaf }));
  await running(run);
  await bench.pool.close();
  await expect(run.done).rejects.toMatchObject({ code: "unavailable" });
  expect(workerProcesses(bench.folder)).toEqual([]);
  expect(await readdir(join(bench.folder, "spill"))).toEqual([]);
});
