import {
  createQueryService,
  type HistoryEntry,
  limitsOfRole,
  type QueryService,
  readRows,
  type SqlQuery,
  withHistory,
} from "@runweir/analytics-domain";
import { type Caller, localOwner } from "@runweir/identity-domain";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openQueryBench, type QueryBench } from "./query-bench.ts";

// Processes start, and start again, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let bench: QueryBench;
let service: QueryService;
let released: number;
let opened: number;
let experiments: "all" | readonly number[];
let hidden: readonly number[];
let tailUntil: Date;
const createdAt = new Date("2026-01-01T00:00:00Z");

// One pool for all: what a service knows, it knows by itself.
beforeAll(async () => {
  bench = await openQueryBench();
});
afterAll(() => bench.close());

beforeEach(() => {
  released = 0;
  opened = 0;
  experiments = "all";
  hidden = [];
  tailUntil = new Date("2026-01-01T00:01:00Z");
  const ids: string[] = [];
  service = createQueryService({
    engine: bench.pool,
    cacheBytesMax: 1_000_000,
    newId: () => `query-${ids.push("")}`,
    now: () => new Date("2026-01-01T00:01:30Z"),
    policy: { viewOf: async () => ({ experiments, limits: limitsOfRole.viewer }) },
    snapshots: {
      open: async (_workspace, { snapshot, tail }) => {
        opened += 1;
        return {
          ...bench.files,
          snapshot: snapshot ?? bench.files.snapshot,
          createdAt,
          hidden,
          ...(tail ? { tailUntil } : {}),
          release: () => {
            released += 1;
          },
        };
      },
    },
  });
});

const owner = localOwner("request");
const other: Caller = { ...owner, principal: { kind: "local-owner", id: "other", name: "Somebody else" } };
const count = "SELECT count(*) AS runs FROM runs";
const endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b";

async function rowsOf(sql: string, changes = {}) {
  const answer = await service.runQuery(owner, { sql, format: "json", ...changes });
  return { answer, ...(await readRows(answer)) };
}

test("an answer says its columns, its snapshot and how old that is, and lets the files go", async () => {
  const { answer, rows, summary } = await rowsOf(count);
  expect(rows).toEqual([[1_000]]);
  expect(answer).toMatchObject({
    id: "query-1",
    cached: false,
    columns: [{ name: "runs", type: "BIGINT" }],
    snapshot: { number: 7, createdAt, ageSeconds: 90 },
  });
  expect(summary.rows).toBe(1);
  expect([opened, released]).toEqual([1, 1]);
});

test("the same question of the same snapshot is answered from memory; nothing else is", async () => {
  const first = await rowsOf(count);
  const again = await rowsOf(count);
  expect([first.answer.cached, again.answer.cached]).toEqual([false, true]);
  expect(again.rows).toEqual(first.rows);
  expect(again.summary).toEqual(first.summary);
  for (const changes of [
    { snapshot: 6 },
    { params: { n: 1 }, sql: `${count} WHERE run_no >= $n` },
    { limits: { rows: 1 } },
  ])
    expect((await rowsOf(count, changes)).answer.cached).toBe(false);
  for (const sql of ["SELECT now()", "SELECT count(*), random() FROM runs"]) {
    await rowsOf(sql);
    expect((await rowsOf(sql)).answer.cached).toBe(false);
  }
  expect(released).toBe(opened);
});

test("what a caller may see is asked each time, also for what lies in memory", async () => {
  expect((await rowsOf(count)).rows).toEqual([[1_000]]);
  experiments = [3];
  expect((await rowsOf(count)).rows).toEqual([[100]]);
  experiments = [];
  expect((await rowsOf(count)).rows).toEqual([[0]]);
  experiments = "all";
  expect((await rowsOf(count)).answer.cached).toBe(true);
});

test("runs that are deleted by now are in no answer, also of what lies in memory", async () => {
  const sql =
    "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM params), (SELECT count(*) FROM metric_points)";
  expect((await rowsOf(sql)).rows).toEqual([[1_000, 1_000, 20_000]]);
  hidden = [0, 500, 999];
  const { answer, rows } = await rowsOf(sql);
  expect([answer.cached, rows]).toEqual([false, [[997, 997, 19_940]]]);
  experiments = [0, 3];
  expect((await rowsOf(sql)).rows).toEqual([[199, 199, 3_980]]);
});

test("an answer with a tail says so, and each tail is read anew", async () => {
  expect((await rowsOf(count)).answer.snapshot.tailUntil).toBe(undefined);
  const first = await rowsOf(count, { tail: true });
  expect([first.answer.cached, first.answer.snapshot.tailUntil]).toEqual([false, tailUntil]);
  expect((await rowsOf(count, { tail: true })).answer.cached).toBe(true);
  tailUntil = new Date("2026-01-01T00:01:10Z");
  expect((await rowsOf(count, { tail: true })).answer.cached).toBe(false);
});

test("a plan is told to whoever sees everything, without paths; to others it would tell of hidden rows", async () => {
  const query = { sql: "SELECT status, count(*) FROM runs WHERE run_no < $1 GROUP BY ALL", params: [500] };
  const { plan, snapshot } = await service.planQuery(owner, query);
  const text = JSON.stringify(plan);
  expect(text).toContain("READ_PARQUET");
  expect(text).not.toContain(bench.folder);
  expect(snapshot.number).toBe(7);
  await expect(service.planQuery(owner, { sql: "DROP VIEW runs" })).rejects.toMatchObject({
    reason: "select_only",
  });
  await expect(service.planQuery(owner, { sql: "SELECT x FROM runs" })).rejects.toMatchObject({
    reason: "binder",
    position: { offset: 7 },
  });
  experiments = [3];
  await expect(service.planQuery(owner, query)).rejects.toMatchObject({ reason: "plan_not_allowed" });
  expect(released).toBe(opened);
});

test("why an answer broke off is told afterwards, to its owner only, and its files are let go", async () => {
  const sql = "SELECT CASE WHEN i = 900000 THEN error('half-way') ELSE i END FROM range(1000000) t(i)";
  const answer = await service.runQuery(owner, { id: "half", sql, format: "csv" });
  await expect(
    (async () => {
      for await (const piece of answer.body) expect(piece.length).toBeGreaterThan(0);
    })(),
  ).rejects.toThrow("half-way");
  expect(service.progressOf(owner, "half")).toMatchObject({
    state: "failed",
    error: { message: "half-way" },
  });
  expect(() => service.progressOf(other, "half")).toThrow(/No statement/);
  expect(() => service.cancelQuery(owner, "half")).toThrow(/No statement/);
  expect(released).toBe(opened);
});

test("a statement is cancelled by its id, by its owner only", async () => {
  const asked = service.runQuery(owner, { id: "mine", sql: endless, format: "json" });
  const ended = expect(asked).rejects.toMatchObject({ reason: "cancelled" });
  await expect.poll(() => state("mine")).toBe("running");
  expect(() => service.cancelQuery(other, "mine")).toThrow(/No statement with id 'mine'/);
  await expect(service.runQuery(owner, { id: "mine", sql: count, format: "json" })).rejects.toMatchObject({
    code: "already_exists",
  });
  service.cancelQuery(owner, "mine");
  await ended;
  expect(() => service.progressOf(owner, "mine")).toThrow(/No statement/);
  expect(released).toBe(opened);
});

test("an aborted request cancels its statement", async () => {
  const abort = new AbortController();
  const asked = service.runQuery(owner, { id: "mine", sql: endless, format: "json" }, abort.signal);
  const ended = expect(asked).rejects.toMatchObject({ reason: "cancelled" });
  await expect.poll(() => state("mine")).toBe("running");
  abort.abort();
  await ended;
  expect((await rowsOf(count)).rows).toEqual([[1_000]]);
});

test("progress is told in percent", async () => {
  const sql = "SELECT count(*) FROM metric_points a, metric_points b WHERE a.value + b.value > 1e9";
  const asked = service.runQuery(owner, { id: "slow", sql, format: "json" }).catch((error: unknown) => error);
  await expect
    .poll(() => service.progressOf(owner, "slow"))
    .toMatchObject({ state: "running", percent: expect.any(Number) });
  service.cancelQuery(owner, "slow");
  await asked;
});

test("limits are narrowed, never widened", async () => {
  const limits = { rows: limitsOfRole.viewer.rows + 1 };
  await expect(service.runQuery(owner, { sql: count, format: "json", limits })).rejects.toMatchObject({
    field: "limits.rows",
    message: "limits.rows is 1000001; whole numbers from 1 to 1000000 are allowed.",
  });
  const { rows, summary } = await rowsOf("FROM range(10)", { limits: { rows: 3 } });
  expect([rows.length, summary.truncated]).toEqual([3, true]);
});

test("a deviation of what is infinite is refused with what to do", async () => {
  await expect(
    rowsOf("SELECT stddev(v) FROM (VALUES (1.0), ('inf'::DOUBLE)) t(v)", {}),
  ).rejects.toMatchObject({
    reason: "out_of_range",
    message: expect.stringContaining("WHERE isfinite(value)"),
  });
});

function state(id: string): string {
  try {
    return service.progressOf(owner, id).state;
  } catch {
    return "unknown";
  }
}

test("what is run is recorded with what came of it, unless it is not to be", async () => {
  const entries: HistoryEntry[] = [];
  const recorded = withHistory(service, {
    recorder: { record: (_caller, entry) => entries.push(entry) },
    now: () => createdAt,
  });
  const run = async (query: Partial<SqlQuery>) =>
    readRows(await recorded.runQuery(owner, { sql: count, format: "json", ...query }));
  await run({ params: [] });
  await run({ isRecorded: false });
  await run({ snapshot: 7 });
  await expect(run({ sql: "SELECT x" })).rejects.toThrow();
  await expect(run({ sql: "SELECT '\0'" })).rejects.toThrow();
  const entry = { startTime: createdAt.getTime(), milliseconds: 0, sql: count, params: [], snapshot: 7 };
  expect(entries).toEqual([
    { ...entry, outcome: { state: "done", rows: 1, isCached: false } },
    { ...entry, outcome: { state: "done", rows: 1, isCached: true } },
    {
      ...entry,
      sql: "SELECT x",
      snapshot: null,
      outcome: { state: "failed", reason: "binder", message: expect.stringContaining("x") },
    },
  ]);
});
