import type { DuckDb } from "@runweir/duckdb";
import type { PointBatch, SeriesPoints } from "@runweir/ingest-domain";
import { createRunDigest, type RunDigest } from "@runweir/tracking-domain";
import { listOf, quote } from "../print-sql.ts";

export interface RunWithPoints {
  readonly runNo: number;
  readonly runId: string;
  readonly points: number;
}

export type RunBatch = readonly { readonly runId: string; readonly points: PointBatch }[];

export interface ExportedPoints {
  /** Digests of certificates (see `createRunDigest`), by id. */
  digests(runs: readonly RunWithPoints[]): Promise<ReadonlyMap<string, string>>;
  /** All points of runs that are small together; those of a large one piece by piece. */
  batches(runs: readonly RunWithPoints[]): AsyncIterable<RunBatch>;
  /** The metrics of a run. */
  keys(run: RunWithPoints): Promise<readonly string[]>;
  /** Ascending (timestamp, step, value). */
  series(run: RunWithPoints, key: string): Promise<SeriesPoints>;
}

export const pointsAtOnce = 500_000;

/** As points are ordered everywhere: NaN comes first. */
const inOrder = "isnan(value) DESC, value";

type Columns = readonly (readonly number[])[];

/** The points of an export, whose tables are views. */
export async function openExportedPoints(duckdb: DuckDb): Promise<ExportedPoints> {
  await duckdb.run(
    "CREATE OR REPLACE TABLE key_name AS SELECT (row_number() OVER (ORDER BY key) - 1)::INTEGER AS key_no, key FROM (SELECT DISTINCT key FROM metric_summary)",
  );
  const named = await duckdb.query<{ key: string }>("SELECT key FROM key_name ORDER BY key_no");
  const names = named.map((row) => row.key);

  /** In the order of digests. */
  async function* pieces(runs: readonly RunWithPoints[]): AsyncGenerator<Columns> {
    await duckdb.run(
      `CREATE OR REPLACE TABLE wanted_point AS
       SELECT run_no, key_no, step::DOUBLE AS step, epoch_ms(ts)::DOUBLE AS ts, value
       FROM metric_points JOIN key_name USING (key) WHERE run_no IN ${listOf(runs.map((run) => run.runNo))}
       ORDER BY run_no, key_no, step, ts, ${inOrder}`,
    );
    const [row] = await duckdb.query<{ n: bigint }>("SELECT count(*) AS n FROM wanted_point");
    for (let from = 0; from < Number(row?.n); from += pointsAtOnce)
      yield (await duckdb.queryColumns(
        `SELECT run_no, key_no, step, ts, value FROM wanted_point WHERE rowid >= ${from} AND rowid < ${from + pointsAtOnce} ORDER BY rowid`,
      )) as Columns;
    await duckdb.run("DROP TABLE wanted_point");
  }

  return {
    async digests(runs) {
      const digests = new Map(runs.map((run) => [run.runNo, createRunDigest()]));
      let open: { runNo: number; keyNo: number; series: ReturnType<RunDigest["series"]> } | undefined;
      for await (const columns of pieces(runs))
        for (const { runNo, keyNo, points } of cutSeries(columns)) {
          if (open?.runNo !== runNo || open.keyNo !== keyNo) {
            open?.series.end();
            const digest = digests.get(runNo) as RunDigest;
            open = { runNo, keyNo, series: digest.series(names[keyNo] as string) };
          }
          open.series.add(points);
        }
      open?.series.end();
      return new Map(
        runs.map(({ runNo, runId }) => [runId, (digests.get(runNo) as RunDigest).finish()] as const),
      );
    },
    async *batches(runs) {
      const ids = new Map(runs.map((run) => [run.runNo, run.runId]));
      for await (const columns of pieces(runs)) yield cutRuns(columns, ids, names);
    },
    async keys({ runNo }) {
      const rows = await duckdb.query<{ key: string }>(
        `SELECT key FROM metric_summary WHERE run_no = ${runNo} ORDER BY key`,
      );
      return rows.map((row) => row.key);
    },
    async series({ runNo }, key) {
      const [steps = [], timestamps = [], values = []] = (await duckdb.queryColumns(
        `SELECT step::DOUBLE, epoch_ms(ts)::DOUBLE, value FROM metric_points
         WHERE run_no = ${runNo} AND key = ${quote(key)} ORDER BY ts, step, ${inOrder}`,
      )) as Columns;
      return toPoints(steps, timestamps, values);
    },
  };
}

function* cutSeries([runNos = [], keyNos = [], steps = [], times = [], values = []]: Columns) {
  for (let from = 0, to = 0; from < runNos.length; from = to) {
    while (to < runNos.length && runNos[to] === runNos[from] && keyNos[to] === keyNos[from]) to += 1;
    yield {
      runNo: runNos[from] as number,
      keyNo: keyNos[from] as number,
      points: toPoints(steps.slice(from, to), times.slice(from, to), values.slice(from, to)),
    };
  }
}

function cutRuns(
  [runNos = [], keyNos = [], steps = [], times = [], values = []]: Columns,
  ids: ReadonlyMap<number, string>,
  names: readonly string[],
): RunBatch {
  const cut: { runId: string; points: PointBatch }[] = [];
  for (let from = 0, to = 0; from < runNos.length; from = to) {
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
        ...toPoints(steps.slice(from, to), times.slice(from, to), values.slice(from, to)),
      },
    });
  }
  return cut;
}

function toPoints(
  steps: readonly number[],
  timestamps: readonly number[],
  values: readonly number[],
): SeriesPoints {
  return {
    steps: Float64Array.from(steps),
    timestamps: Float64Array.from(timestamps),
    values: Float64Array.from(values),
  };
}
