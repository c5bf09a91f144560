import { RecordBatchReader, tableFromIPC } from "apache-arrow";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openQueryBench, type QueryBench } from "./query-bench.ts";
import { processorTicks, residentMegabytes, workerProcesses } from "./worker-processes.ts";

// Large results, of several processes, take a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let bench: QueryBench;
beforeEach(async () => {
  bench = await openQueryBench({ workers: 1 });
});
afterEach(() => bench.close());

const limits = { rows: 1_000_000_000, bytes: 1e12, seconds: 60 };
/** Its rows, and then none for ages. */
const first = (rows: number) => `SELECT i FROM range(100000000000) t(i) WHERE i < ${rows} OR hash(i) = 1`;
const cancelled = Object.assign(new Error("cancelled"), { code: "cancelled" });
const onLinux = test.skipIf(process.platform !== "linux");
if (process.platform !== "linux") console.warn("SKIPPED: processes are looked at on Linux only.");

const start = (sql: string, format: "json" | "csv" | "arrow", changes = {}) =>
  bench.pool.start(bench.request({ sql, format, limits, ...changes }));

async function readUntil(body: AsyncIterable<Uint8Array>, bytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    pieces.push(piece);
    size += piece.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(pieces);
}

test.each(["json", "csv", "arrow"] as const)(
  "the first rows come as %s while the rest is still made",
  async (format) => {
    const run = start(first(2_000_000), format);
    expect((await run.header).columns).toEqual([{ name: "i", type: "BIGINT" }]);
    const pieces = (run.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    const { value: piece } = await pieces.next();
    expect(piece?.length).toBeGreaterThan(0);
    // It can never end by itself.
    expect(run.progress().state).toBe("running");
    run.cancel(cancelled);
    await expect(run.done).rejects.toBe(cancelled);
    await expect(pieces.next().then(() => pieces.next())).rejects.toBe(cancelled);
    expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
  },
);

test("rows that are few are not kept waiting for many", async () => {
  const run = start(first(3_000), "arrow");
  const reader = await RecordBatchReader.from(run.body);
  const { value: batch } = await reader.next();
  expect(batch.numRows).toBeGreaterThan(0);
  expect(batch.numRows).toBeLessThanOrEqual(3_000);
  expect(run.progress().state).toBe("running");
  run.cancel(cancelled);
  await expect(run.done).rejects.toBe(cancelled);
});

test("of what has to be sorted nothing comes before its end", async () => {
  const run = start(`${first(2_000_000)} ORDER BY i`, "csv");
  await vi.waitUntil(() => (run.progress() as { percent?: number }).percent !== undefined, {
    timeout: 20_000,
  });
  run.cancel(cancelled);
  await expect(run.header).rejects.toBe(cancelled);
});

onLinux("as much is made as is read, and no more is held", async () => {
  const run = start("SELECT i, 'a text of some length ' || i AS t FROM range(100000000000) r(i)", "arrow");
  await run.header;
  let [most, read] = [0, 0];
  const [pid] = workerProcesses(bench.folder) as [number];
  for await (const piece of run.body) {
    read += piece.length;
    most = Math.max(most, residentMegabytes(pid));
    if (read > 200_000_000) {
      // Nobody reads on: the worker comes to rest in the middle of its statement.
      let last = -1;
      const rests = () => {
        const before = last;
        last = processorTicks(pid);
        return last === before;
      };
      await vi.waitUntil(rests, { timeout: 30_000, interval: 300 });
      expect(run.progress().state).toBe("running");
      break;
    }
  }
  await expect(run.done).rejects.toMatchObject({ reason: "cancelled" });
  expect(most).toBeLessThan(400);
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});

test.each([
  [
    "SELECT CASE WHEN i = 1900000 THEN error('half-way') ELSE i END FROM range(2000000) t(i)",
    "half-way",
    undefined,
  ],
  [
    "SELECT\n CASE WHEN i = $1 THEN 'x' ELSE '1' END::INT FROM range(2000000) t(i) -- why",
    /'x' to INT32/,
    { line: 2, column: 40 },
  ],
])("%s fails half-way with its own words", async (sql, message, position) => {
  for (const format of ["json", "csv", "arrow"] as const) {
    const run = start(sql, format, { params: sql.includes("$1") ? [1_900_000] : [] });
    await run.header;
    await expect(readUntil(run.body, Number.POSITIVE_INFINITY)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      ...(position && { position: expect.objectContaining(position) }),
    });
  }
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});

test("the limit of rows holds behind the first of them: JSON is cut, the other forms fail", async () => {
  const some = { ...limits, rows: 400_000 };
  const sql = "FROM range(100000000000)";
  const { body, summary } = await bench.ask({ sql, limits: some });
  const answer = JSON.parse(body.toString()) as { rows: number[][]; truncated: boolean };
  expect([answer.rows.length, answer.rows.at(-1), answer.truncated, summary.rows]).toEqual([
    400_000,
    [399_999],
    true,
    400_000,
  ]);
  for (const format of ["csv", "arrow"] as const) {
    const run = start(sql, format, { limits: some });
    await run.header;
    await expect(readUntil(run.body, Number.POSITIVE_INFINITY)).rejects.toMatchObject({
      reason: "too_many_rows",
    });
  }
  expect(await bench.rows({ sql: "SELECT 1" })).toEqual([[1]]);
});

test("texts of every length come as they are, with what is missing among them", async () => {
  const count = 30_000;
  const expected = Array.from({ length: count }, (_, i) => {
    if (i % 11 === 0) return null;
    return i % 5 === 0 ? "" : `${"ä".repeat(i % 23)}${i % 3 ? "" : `\0${i}`}😀`;
  });
  const sql = `SELECT CASE WHEN i % 11 = 0 THEN NULL WHEN i % 5 = 0 THEN ''
    ELSE repeat('ä', i % 23) || CASE WHEN i % 3 > 0 THEN '' ELSE chr(0) || i END || '😀' END AS t FROM range(${count}) r(i)`;
  const all = { limits };
  const json = JSON.parse((await bench.ask({ sql, ...all })).body.toString()) as { rows: string[][] };
  expect(json.rows.map(([text]) => text)).toEqual(expected);
  const arrow = tableFromIPC((await bench.ask({ sql, format: "arrow", ...all })).body);
  expect([...(arrow.getChild("t") ?? [])]).toEqual(expected);
  const csv = (await bench.ask({ sql, format: "csv", ...all })).body.toString();
  expect(csv.split("\r\n").slice(1, -1)).toEqual(expected.map((text) => (text === "" ? '""' : (text ?? ""))));
});

test("a struct without names is refused, since its parts could not be told apart", async () => {
  for (const sql of ["SELECT (1, 2) AS x", "SELECT [row(1, 2)] AS x"])
    await expect(bench.ask({ sql })).rejects.toMatchObject({ reason: "unnamed_struct" });
});
