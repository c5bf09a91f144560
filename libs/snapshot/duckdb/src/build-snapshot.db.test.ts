import { batchOf, byStep, distinctRows, type PointRow } from "@runweir/ingest-domain/testing";
import { createDirectLog, createMetricReader, startMetricMaintenance } from "@runweir/tracking-postgres";
import { insertRun } from "@runweir/tracking-postgres/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSnapshotTestPlace } from "../testing/snapshot-test-place.ts";

let place: Awaited<ReturnType<typeof createSnapshotTestPlace>>;
beforeAll(async () => {
  place = await createSnapshotTestPlace();
});
afterAll(() => place.close());

/** Folds everything, and lets merging do some of its work: how much makes no difference to what is asked here. */
async function settle(): Promise<void> {
  const maintenance = startMetricMaintenance({
    database: place.database,
    clock: Date,
    lingerMilliseconds: 0,
  });
  for (let attempt = 0; ; attempt += 1) {
    const [left] = await place.database.query<{ segments: number; runs: number }>(
      `SELECT (SELECT count(*) FROM tracking.metric_segment) AS segments,
         (SELECT count(*) FROM (SELECT FROM tracking.metric_chunk WHERE tier = 0 GROUP BY run_no HAVING count(*) >= 8) r) AS runs`,
    );
    // Not every eight chunks can be merged.
    if (left?.segments === 0 && (left.runs === 0 || attempt > 20)) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await maintenance.stop();
}

type Ask = <Row extends Record<string, unknown>>(sql: string) => Promise<readonly Row[]>;
const askCurrent: Ask = (sql) => place.read(sql);

async function readPoints(ask: Ask): Promise<Map<string, PointRow[]>> {
  const rows = await ask<{ run_id: string; key: string; step: bigint; ms: bigint; value: number }>(
    "SELECT run_id, key, step, epoch_ms(ts) AS ms, value FROM metric_points",
  );
  const byRun = new Map<string, PointRow[]>();
  for (const row of rows) {
    const points = byRun.get(row.run_id) ?? [];
    points.push([row.key, Number(row.step), Number(row.ms), row.value]);
    byRun.set(row.run_id, points);
  }
  for (const points of byRun.values()) points.sort(byKey);
  return byRun;
}

function byKey(a: PointRow, b: PointRow): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : byStep(a, b);
}

/** What the summary of a series should be, computed the slow way. */
function summarise(rows: readonly PointRow[]) {
  const sorted = [...rows].sort(byStep);
  const numbers = sorted.filter((row) => !Number.isNaN(row[3]));
  const values = numbers.map((row) => row[3]);
  const sum = values.length > 0 ? values.reduce((total, value) => total + value, 0) : null;
  const min = values.length > 0 ? Math.min(...values) : null;
  const max = values.length > 0 ? Math.max(...values) : null;
  const [first, last] = [sorted[0] as PointRow, sorted.at(-1) as PointRow];
  return {
    n: BigInt(rows.length),
    n_nan: BigInt(rows.length - numbers.length),
    n_infinite: BigInt(values.filter((value) => Math.abs(value) === Number.POSITIVE_INFINITY).length),
    sum,
    mean: sum === null ? null : sum / values.length,
    min,
    max,
    step_at_min: numbers.find((row) => row[3] === min)?.[1] ?? null,
    step_at_max: numbers.find((row) => row[3] === max)?.[1] ?? null,
    first: first[3],
    first_step: first[1],
    first_ms: first[2],
    last: last[3],
    last_step: last[1],
    last_ms: last[2],
  };
}

async function expectSummaries(
  ask: Ask,
  prefix: string,
  model: ReadonlyMap<string, readonly PointRow[]>,
): Promise<void> {
  const rows = await ask<Record<string, unknown> & { run_id: string; key: string }>(
    `SELECT run_id, key, n, n_nan, n_infinite, sum, mean, min, max, step_at_min::DOUBLE AS step_at_min,
       step_at_max::DOUBLE AS step_at_max, first, first_step::DOUBLE AS first_step, epoch_ms(first_ts)::DOUBLE AS first_ms,
       last, last_step::DOUBLE AS last_step, epoch_ms(last_ts)::DOUBLE AS last_ms
     FROM metric_summary WHERE starts_with(run_id, '${prefix}')`,
  );
  const expected = [...model].flatMap(([runId, points]) =>
    [...Map.groupBy(points, (row) => row[0])].map(([key, ofKey]) => ({
      run_id: runId,
      key,
      ...summarise(ofKey),
    })),
  );
  const name = (row: { run_id: string; key: string }) => `${row.run_id} ${row.key}`;
  const ordered = <T extends { run_id: string; key: string }>(list: readonly T[]) =>
    [...list].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  expect(ordered(rows)).toEqual(ordered(expected));
}

describe("whatever is logged, folded, merged, deleted, restored, compacted and purged in whatever order", () => {
  // Multiples of 1/4 so that sums are the same in every order; few steps and times so that points repeat and come late.
  const value = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -8, max: 8 }).map((n) => n / 4) },
    { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
  );
  const row = fc.tuple(
    fc.constantFrom("loss", "acc/ü", "l'r"),
    fc.oneof(fc.integer({ min: -2, max: 6 }), fc.constantFrom(-(2 ** 53) + 1, 2 ** 53 - 1)),
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(2 ** 53 - 1)),
    value,
  );
  const run = fc.constantFrom(0, 1, 2);
  const action = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("log" as const),
        run,
        rows: fc.array(row, { minLength: 1, maxLength: 8 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("fold" as const), run }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), run }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("restore" as const), run }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("tail" as const) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant("snapshot" as const),
        batchPoints: fc.constantFrom(1, 10, 1_000),
        filesPerTier: fc.constantFrom(2, 3, 8),
        purgeAfterSeconds: fc.constantFrom(0, 1_000),
      }),
    },
  );

  it("a snapshot, and a tail, equals a naive list of points, and older ones stay what they were", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 30 }), async (actions) => {
        round += 1;
        const runIds = [0, 1, 2].map((n) => `run-${round}-${n}`);
        const deleted = new Set<string>();
        const log = createDirectLog({ database: place.database });
        const model = new Map<string, PointRow[]>();
        for (const [n, runId] of runIds.entries())
          await insertRun(place.database, runId, (round % 3) + 1 + n);
        const seen = new Map<number, Map<string, PointRow[]>>();
        const present = () =>
          new Map(
            [...model]
              .filter(([runId]) => !deleted.has(runId))
              .map(([runId, rows]) => [runId, distinctRows(rows).sort(byKey)]),
          );
        const expectPresent = async (ask: Ask) => {
          const points = await readPoints(ask);
          const mine = new Map([...points].filter(([runId]) => runIds.includes(runId)));
          expect(mine).toEqual(present());
          await expectSummaries(ask, `run-${round}-`, present());
          const runs = await ask<{ run_id: string }>(
            `SELECT run_id FROM runs WHERE starts_with(run_id, 'run-${round}-') ORDER BY run_id`,
          );
          expect(runs.map((one) => one.run_id)).toEqual(runIds.filter((runId) => !deleted.has(runId)));
          return mine;
        };
        const check = async (seq: number) => {
          seen.set(seq, await expectPresent(askCurrent));
        };
        const checkTail = async () => {
          const [before] = await place.database.query("SELECT seq FROM snapshot.current");
          const reader = place.openReader();
          const opened = await reader.open("default", { tail: true });
          await expectPresent((sql) => place.readOpened(sql, opened));
          opened.release();
          await reader.close();
          expect(await place.database.query("SELECT seq FROM snapshot.current")).toEqual(
            before ? [before] : [{ seq: 1 }],
          );
        };
        const move = async (runId: string, stage: string) => {
          await place.database.query("UPDATE tracking.run SET lifecycle_stage = $2 WHERE run_id = $1", [
            runId,
            stage,
          ]);
        };
        for (const one of actions) {
          const runId = "run" in one ? (runIds[one.run] as string) : "";
          if (one.do === "log") {
            if (deleted.has(runId)) continue;
            await log.append({ workspace: "default", runId, points: batchOf(one.rows) });
            model.set(runId, [...(model.get(runId) ?? []), ...one.rows]);
          } else if (one.do === "fold") {
            const experimentIds = [String((round % 3) + 1 + one.run)];
            await createMetricReader({ database: place.database }).catchUp(experimentIds);
          } else if (one.do === "settle") await settle();
          else if (one.do === "delete") {
            await move(runId, "deleted");
            deleted.add(runId);
            // Honoured at once, without another snapshot, in every snapshot that is still there.
            for (const seq of seen.keys())
              expect((await readPoints((sql) => place.read(sql, seq))).has(runId)).toBe(false);
          } else if (one.do === "restore") {
            await move(runId, "active");
            deleted.delete(runId);
          } else if (one.do === "tail") await checkTail();
          else await check((await place.pass(one)).seq);
        }
        await check((await place.pass()).seq);
        for (const [seq, points] of seen) {
          const now = await readPoints((sql) => place.read(sql, seq));
          for (const [runId, rows] of points)
            if (!deleted.has(runId) && now.has(runId)) expect(now.get(runId)).toEqual(rows);
        }
        await log.close();
        await place.database.query("UPDATE tracking.run SET lifecycle_stage = 'deleted'");
        await place.pass({ purgeAfterSeconds: 0 });
        expect((await readPoints(askCurrent)).size).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
