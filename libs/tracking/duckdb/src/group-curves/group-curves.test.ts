import { localOwner } from "@runweir/identity-domain";
import { type GroupCurvesRequest, groupQuantiles, groupsMax } from "@runweir/tracking-domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MemorySnapshots, openMemorySnapshots } from "../../testing/memory-snapshots.ts";
import { createGroupCurveReader } from "./read-group-curves.ts";

interface Point {
  readonly run: number;
  readonly step: number;
  readonly ts: number;
  readonly value: number;
}

const caller = localOwner("test");
let snapshots: MemorySnapshots;
let points: readonly Point[];
const optimizerOf = (run: number) => [null, "adam", "sgd"][run % 3] as string | null;

/** Forty runs of different length with late, repeated and negative steps, NaN and infinities; the last has one far point. */
beforeAll(async () => {
  snapshots = await openMemorySnapshots();
  points = Array.from({ length: 40 }, (_, run) => run).flatMap((run) =>
    Array.from({ length: 5 + ((run * 7) % 30) }, (_, i) => ({
      run,
      step: run === 39 && i === 0 ? 2 ** 53 - 1 : ((i * 3) % 40) - 10,
      ts: (i * 37) % 11,
      value: i % 13 === 5 ? Number.NaN : i % 17 === 3 ? Infinity : Math.sin(run * 31 + i * 7) * 10,
    })),
  );
  const number = (value: number) => (Number.isFinite(value) ? `${value}::DOUBLE` : `'${value}'::DOUBLE`);
  await snapshots.run(`
    CREATE TABLE runs AS SELECT 1::BIGINT AS experiment_id, i::INTEGER AS run_no, 'run-' || i AS run_id, 'FINISHED' AS status FROM range(40) t(i);
    CREATE TABLE params AS SELECT 1::BIGINT AS experiment_id, i::INTEGER AS run_no, 'optimizer' AS key, ['adam', 'sgd'][i % 3] AS value FROM range(40) t(i) WHERE i % 3 > 0;
    CREATE TABLE metric_points AS SELECT 1::BIGINT AS experiment_id, run_no::INTEGER AS run_no, 'loss' AS key, step::BIGINT AS step,
      make_timestamp(ts * 1000) AS ts, value FROM (VALUES ${points
        .map(({ run, step, ts, value }) => `(${run}, ${step}, ${ts}, ${number(value)})`)
        .join(", ")}) p(run_no, step, ts, value);
    CREATE TABLE metric_summary AS SELECT experiment_id, run_no, key, min(step) AS first_step, max(step) AS last_step FROM metric_points GROUP BY ALL`);
});
afterAll(() => snapshots.close());

const ask = (request: Partial<GroupCurvesRequest>) =>
  createGroupCurveReader(snapshots).readGroupCurves(
    caller,
    { experimentIds: ["1"], key: "loss", buckets: 100, ...request },
    7,
  );

/** The definition, word by word. */
function expected(runs: readonly number[], from: number, to: number, width: number) {
  const inSight = points.filter(({ run, step }) => runs.includes(run) && step >= from && step <= to);
  const buckets = Map.groupBy(inSight, ({ step }) => Math.floor((step - from) / width));
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => {
      const lasts = [...Map.groupBy(members, ({ run }) => run).values()].map(
        (own) => own.toSorted(byPlace).at(-1) as Point,
      );
      const values = lasts
        .map(({ value }) => value)
        .filter(Number.isFinite)
        .sort((a, b) => a - b);
      const n = values.length;
      const mean = values.reduce((sum, value) => sum + value, 0) / n;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return {
        step: Math.max(...lasts.map(({ step }) => step)),
        n,
        notFinite: lasts.length - n,
        mean: n > 0 ? mean : null,
        deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
        quantiles: groupQuantiles.map((name) => quantile(values, Number(`0.${name.slice(1)}`))),
      };
    });
}

function byPlace(a: Point, b: Point): number {
  const isNumber = (point: Point) => Number(!Number.isNaN(point.value));
  return a.step - b.step || a.ts - b.ts || isNumber(a) - isNumber(b) || a.value - b.value;
}

function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] as number;
  return low + ((sorted[Math.ceil(place)] as number) - low) * (place % 1);
}

test.each([
  ["every step by itself", { from: -10, to: 40, buckets: 51 }, 1],
  ["buckets of several steps", { from: -10, to: 40, buckets: 7 }, 8],
  ["a part", { from: 3, to: 12, buckets: 4 }, 3],
  ["everything, to the greatest step there is", { buckets: 3 }, undefined],
])("statistics are those of all runs of a group: %s", async (_what, sight, width) => {
  const answer = await ask({ ...sight, groupBy: { entity: "param", key: "optimizer" } });
  if (width !== undefined) expect(answer.width).toBe(width);
  expect(answer.curves.map(({ group, runs }) => [group, runs])).toEqual([
    [null, 14],
    ["adam", 13],
    ["sgd", 13],
  ]);
  const { from, to }: Partial<GroupCurvesRequest> = sight;
  for (const curve of answer.curves) {
    const runs = Array.from({ length: 40 }, (_, run) => run).filter(
      (run) => optimizerOf(run) === curve.group,
    );
    const wanted = expected(runs, from ?? -10, to ?? 2 ** 53 - 1, answer.width);
    expect(curve.step).toEqual(wanted.map(({ step }) => step));
    expect(curve.n).toEqual(wanted.map(({ n }) => n));
    expect(curve.notFinite).toEqual(wanted.map(({ notFinite }) => notFinite));
    for (const [i, one] of wanted.entries()) {
      expectClose(curve.mean[i], one.mean);
      expectClose(curve.deviation[i], one.deviation);
      for (const [q, name] of groupQuantiles.entries())
        expectClose(curve.quantiles[name][i], one.quantiles[q]);
    }
  }
});

function expectClose(found: number | null | undefined, wanted: number | null | undefined): void {
  if (wanted === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(wanted as number, 10);
}

test("without groups all runs are one; what nobody logged has no curve, what is out of sight an empty one", async () => {
  const { curves, groupsLeftOut } = await ask({});
  expect([curves.map(({ group, runs }) => [group, runs]), groupsLeftOut]).toEqual([[[null, 40]], 0]);
  expect((await ask({ key: "never" })).curves).toEqual([]);
  const [beyond] = (await ask({ from: 100, to: 200 })).curves;
  expect([beyond?.runs, beyond?.step]).toEqual([40, []]);
});

test("more groups than can be drawn are counted", async () => {
  const { curves, groupsLeftOut } = await ask({ groupBy: { entity: "attribute", key: "run_id" } });
  expect([curves.length, groupsLeftOut]).toEqual([groupsMax, 40 - groupsMax]);
});

test("a condition chooses the runs", async () => {
  const { curves } = await ask({
    where: {
      kind: "comparison",
      field: { entity: "param", key: "optimizer" },
      operator: "=",
      value: "sgd",
    },
  });
  expect(curves.map(({ runs }) => runs)).toEqual([13]);
});
