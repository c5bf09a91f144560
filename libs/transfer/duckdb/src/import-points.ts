import { setTimeout as pause } from "node:timers/promises";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Ingestion, PointBatch, SeriesStatistics } from "@runweir/ingest-domain";
import type { MetricReader } from "@runweir/tracking-domain";
import { isSameSeries } from "@runweir/transfer-domain";
import { readStatistics } from "./exported-rows.ts";
import { listOf } from "./print-sql.ts";

export interface RunWithPoints {
  readonly runNo: number;
  readonly runId: string;
  readonly points: number;
}

export interface PointsTarget {
  readonly caller: Caller;
  readonly ingestion: Ingestion;
  readonly metricReader: Pick<MetricReader, "statistics">;
}

const pointsAtOnce = 500_000;
const runsAtOnce = 100;
const longestWaitMs = 120_000;

/**
 * Sends the points of runs that are not here yet, the way everybody's points come, and compares what is here then.
 * Returns how many are new.
 */
export async function importPoints(
  duckdb: DuckDb,
  runs: readonly RunWithPoints[],
  target: PointsTarget,
  onProgress: (points: number) => void,
): Promise<number> {
  await duckdb.run(
    "CREATE OR REPLACE TABLE key_name AS SELECT (row_number() OVER (ORDER BY key) - 1)::INTEGER AS key_no, key FROM (SELECT DISTINCT key FROM metric_summary)",
  );
  const names = (await duckdb.query<{ key: string }>("SELECT key FROM key_name ORDER BY key_no")).map(
    (row) => row.key,
  );
  let added = 0;
  for (const group of groupsOf(runs)) {
    const runIds = group.map((run) => run.runId);
    const wanted = await readStatistics(
      duckdb,
      group.map((run) => run.runNo),
    );
    const before = await target.metricReader.statistics(runIds);
    const missing = group.filter(({ runNo, runId }) => !holds(before.get(runId), wanted.get(runNo)));
    if (missing.length > 0) {
      for await (const batch of readBatches(duckdb, missing, names)) await send(target, batch);
      const after = await target.metricReader.statistics(runIds);
      for (const { runNo, runId } of missing) requireAll(runId, after.get(runId), wanted.get(runNo));
      added += countPoints(after) - countPoints(before);
    }
    onProgress(group.reduce((sum, run) => sum + run.points, 0));
  }
  return added;
}

type Series = readonly SeriesStatistics[] | undefined;

function holds(here: Series, wanted: Series): boolean {
  const byKey = new Map((here ?? []).map((series) => [series.key, series]));
  return (wanted ?? []).every((series) => {
    const known = byKey.get(series.key);
    return known !== undefined && isSameSeries(known, series);
  });
}

/** A run that went on here has more than was exported, never less. */
function requireAll(runId: string, here: Series, wanted: Series): void {
  const counts = new Map((here ?? []).map((series) => [series.key, series.count]));
  for (const { key, count } of wanted ?? []) {
    const stored = counts.get(key) ?? 0;
    if (stored < count)
      throw new DomainError(
        "internal",
        `Of run ${runId}, metric ${JSON.stringify(key)}, ${stored} of ${count} points are here after they were sent.`,
      );
  }
}

function countPoints(statistics: ReadonlyMap<string, readonly SeriesStatistics[]>): number {
  return [...statistics.values()].flat().reduce((sum, series) => sum + series.count, 0);
}

function* groupsOf(runs: readonly RunWithPoints[]): Generator<readonly RunWithPoints[]> {
  let group: RunWithPoints[] = [];
  let points = 0;
  for (const run of runs) {
    if (group.length > 0 && (points + run.points > pointsAtOnce || group.length === runsAtOnce)) {
      yield group;
      group = [];
      points = 0;
    }
    group.push(run);
    points += run.points;
  }
  if (group.length > 0) yield group;
}

type Batch = readonly { readonly runId: string; readonly points: PointBatch }[];

/** All points of runs that are small together; those of a large one piece by piece, by their place in the series. */
async function* readBatches(
  duckdb: DuckDb,
  runs: readonly RunWithPoints[],
  names: readonly string[],
): AsyncGenerator<Batch> {
  const ids = new Map(runs.map((run) => [run.runNo, run.runId]));
  await duckdb.run(
    `CREATE OR REPLACE TABLE wanted_point AS
     SELECT run_no, key_no, step::DOUBLE AS step, epoch_ms(ts)::DOUBLE AS ts, value
     FROM metric_points JOIN key_name USING (key) WHERE run_no IN ${listOf(runs.map((run) => run.runNo))}
     ORDER BY run_no, key_no, step, ts, value`,
  );
  const [row] = await duckdb.query<{ n: bigint }>("SELECT count(*) AS n FROM wanted_point");
  for (let from = 0; from < Number(row?.n); from += pointsAtOnce) {
    const columns = (await duckdb.queryColumns(
      `SELECT run_no, key_no, step, ts, value FROM wanted_point WHERE rowid >= ${from} AND rowid < ${from + pointsAtOnce} ORDER BY rowid`,
    )) as readonly (readonly number[])[];
    yield cutRuns(columns, ids, names);
  }
  await duckdb.run("DROP TABLE wanted_point");
}

function cutRuns(
  columns: readonly (readonly number[])[],
  ids: ReadonlyMap<number, string>,
  names: readonly string[],
): Batch {
  const [runNos = [], keyNos = [], steps = [], times = [], values = []] = columns;
  const cut: { runId: string; points: PointBatch }[] = [];
  for (let from = 0; from < runNos.length; ) {
    let to = from;
    while (to < runNos.length && runNos[to] === runNos[from]) to += 1;
    const used = new Map<number, number>();
    const keyIndexes = new Uint32Array(to - from);
    for (let i = from; i < to; i += 1) {
      const keyNo = keyNos[i] as number;
      if (!used.has(keyNo)) used.set(keyNo, used.size);
      keyIndexes[i - from] = used.get(keyNo) as number;
    }
    cut.push({
      runId: ids.get(runNos[from] as number) as string,
      points: {
        keys: [...used.keys()].map((keyNo) => names[keyNo] as string),
        keyIndexes,
        steps: Float64Array.from(steps.slice(from, to)),
        timestamps: Float64Array.from(times.slice(from, to)),
        values: Float64Array.from(values.slice(from, to)),
      },
    });
    from = to;
  }
  return cut;
}

/** Turned away for the moment is asked to wait; the server merges what it was sent. */
async function send({ caller, ingestion }: PointsTarget, runs: Batch): Promise<void> {
  const deadline = performance.now() + longestWaitMs;
  for (;;) {
    try {
      const receipts = await ingestion.append(caller, { runs, acknowledgement: "applied" });
      const refused = receipts.find((receipt) => receipt.status !== "accepted");
      if (!refused) return;
      throw new DomainError(
        "conflict",
        `Run ${refused.runId} was deleted while it was imported. Import again.`,
      );
    } catch (error) {
      const wait = error instanceof DomainError ? error.retryAfterSeconds : undefined;
      if (wait === undefined || performance.now() > deadline) throw error;
      await pause(wait * 1_000);
    }
  }
}
