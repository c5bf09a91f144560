import type { SeriesStatistics } from "@runweir/ingest-domain";
import { batchOf, byStep, byTime, distinctRows, type PointRow, rowsOf } from "@runweir/ingest-domain/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "../../testing/metric-test-database.ts";
import { findUnfolded } from "./catch-up.ts";
import { compactRun, findUnmerged } from "./compact-run.ts";
import { createDirectLog } from "./direct-log.ts";
import { foldShard } from "./fold-shard.ts";
import { createMetricContext, type MetricContext } from "./metric-context.ts";
import { createMetricReader } from "./metric-reader.ts";

let database: MetricTestDatabase;
let context: MetricContext;

beforeAll(async () => {
  database = await createMetricTestDatabase();
  // Small sizes, so that few points already split, settle and merge.
  context = { ...createMetricContext(database, 100_000), chunkPoints: 5, mergeFanout: 2 };
});
afterAll(() => database.drop());

async function foldAll(): Promise<void> {
  for (const { shard } of await findUnfolded(context)) {
    while ((await foldShard(context, { shard })).more);
  }
}

async function compactAll(): Promise<void> {
  for (const run of await findUnmerged(context)) while (await compactRun(context, run));
}

/** What statistics should be, computed the slow way. Sums are compared with a tolerance: their order is not fixed. */
function naiveStatistics(key: string, rows: readonly PointRow[]): SeriesStatistics {
  const sorted = [...rows].sort(byStep);
  const numbers = sorted.filter((row) => !Number.isNaN(row[3]));
  const values = numbers.map((row) => row[3]);
  const min = numbers.length > 0 ? Math.min(...values) : null;
  const max = numbers.length > 0 ? Math.max(...values) : null;
  const point = (row: PointRow) => ({ step: row[1], timestamp: row[2], value: row[3] });
  return {
    key,
    count: sorted.length,
    nanCount: sorted.length - numbers.length,
    sum: numbers.length > 0 ? values.reduce((total, value) => total + value, 0) : null,
    min,
    max,
    stepOfMin: numbers.find((row) => row[3] === min)?.[1] ?? null,
    stepOfMax: numbers.find((row) => row[3] === max)?.[1] ?? null,
    first: point(sorted[0] as PointRow),
    last: point(sorted.at(-1) as PointRow),
  };
}

async function expectExact(runId: string, rows: readonly PointRow[], keys: readonly string[]): Promise<void> {
  const reader = createMetricReader({ database });
  const wanted = distinctRows(rows);
  const statistics = (await reader.statistics([runId])).get(runId) ?? [];
  const present = keys.filter((key) => wanted.some((row) => row[0] === key));
  expect(statistics.map((one) => one.key).sort()).toEqual([...present].sort());
  for (const key of present) {
    const ofKey = wanted.filter((row) => row[0] === key);
    expect(statistics.find((one) => one.key === key)).toEqual(naiveStatistics(key, ofKey));
    const history = await reader.history({ runId, key, offset: 0, limit: 1e6 });
    expect(rowsOf(key, history.points)).toEqual([...ofKey].sort(byTime));
    expect(history.total).toBe(ofKey.length);
    const offset = Math.floor(ofKey.length / 3);
    const page = await reader.history({ runId, key, offset, limit: 2 });
    expect(rowsOf(key, page.points)).toEqual([...ofKey].sort(byTime).slice(offset, offset + 2));
    const [interval] = await reader.interval({
      runIds: [runId],
      key,
      startStep: -1e9,
      endStep: 1e9,
      maxResults: 1e6,
    });
    expect(rowsOf(key, interval?.points as never)).toEqual([...ofKey].sort(byStep));
  }
}

describe("whatever is appended, folded and merged in whatever order", () => {
  const keys = ["loss", "acc", "lr"];
  // Multiples of 1/4 so that sums are the same in every order; few steps and times so that points repeat and come late.
  const value = fc.oneof(
    fc.integer({ min: -8, max: 8 }).map((n) => n / 4),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
  );
  const row = fc.tuple(
    fc.constantFrom(...keys),
    fc.integer({ min: -2, max: 6 }),
    fc.integer({ min: 0, max: 3 }),
    value,
  );
  const action = fc.oneof(
    { weight: 6, arbitrary: fc.array(row, { minLength: 1, maxLength: 8 }) },
    { weight: 3, arbitrary: fc.constant("fold" as const) },
    { weight: 1, arbitrary: fc.constant("catchUp" as const) },
    { weight: 2, arbitrary: fc.constant("compact" as const) },
    { weight: 1, arbitrary: fc.constant("read" as const) },
  );

  it("the reader equals a naive set of points", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
        runs += 1;
        const runId = `property-${runs}`;
        await insertRun(database, runId, runs);
        const log = createDirectLog({ database });
        const model: PointRow[] = [];
        for (const one of actions) {
          if (one === "fold") await foldAll();
          else if (one === "catchUp") await createMetricReader({ database }).catchUp([String(runs)]);
          else if (one === "compact") await compactAll();
          else if (one === "read") await expectExact(runId, model, keys);
          else {
            expect(
              await log.append({ workspace: "default", runId, points: batchOf(one as PointRow[]) }),
            ).toMatchObject({ status: "accepted", applied: true });
            model.push(...(one as PointRow[]));
          }
        }
        await expectExact(runId, model, keys);
        await foldAll();
        await compactAll();
        await expectExact(runId, model, keys);
        await log.close();
      }),
      { numRuns: 60 },
    );
  });
});
