import { askMlflow } from "../load/mlflow-client.ts";
import type { LedgerRun, PointLedger } from "../load/point-ledger.ts";
import type { StoredPoint } from "../load/reader.ts";
import type { System } from "../parts/start-system.ts";

interface SeriesRow {
  readonly key: string;
  readonly count: number;
  readonly last_step: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Compares what can be read with what was sent: every acknowledged point once (L, D), nothing that nobody sent, through
 * both APIs the same, and in Postgres statistics and chunks that hold exactly these points.
 */
export async function checkPoints(system: System, ledger: PointLedger): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const run of ledger.runs.values()) {
    const keys = new Set([...run.points.values()].map(({ key }) => key));
    const series = await readSeries(system, run.runId);
    let total = 0;
    for (const key of keys) {
      const [first, second] = await Promise.all(system.apis.map((api) => readAll(api, run.runId, key)));
      const stored = first ?? [];
      total += stored.length;
      wrong.push(...compare(run, key, stored));
      if (JSON.stringify(stored) !== JSON.stringify(second))
        wrong.push(`L: the APIs show different histories of ${key} (run ${run.runId})`);
      wrong.push(...compareSeries(run, key, stored, series.get(key)));
    }
    wrong.push(...(await checkChunks(system, run.runId, total)));
  }
  return wrong;
}

async function readAll(
  api: System["apis"][number],
  runId: string,
  key: string,
): Promise<readonly StoredPoint[]> {
  const all: StoredPoint[] = [];
  for (let token = ""; ; ) {
    const page: { metrics?: StoredPoint[]; next_page_token?: string } = await askMlflow(
      api,
      "metrics/get-history",
      {
        query: {
          run_id: runId,
          metric_key: key,
          max_results: "25000",
          ...(token ? { page_token: token } : {}),
        },
      },
    );
    all.push(...(page.metrics ?? []));
    token = page.next_page_token ?? "";
    if (!token) return all;
  }
}

function compare(run: LedgerRun, key: string, stored: readonly StoredPoint[]): readonly string[] {
  const wrong: string[] = [];
  const seen = new Set<number>();
  for (const point of stored) {
    const sent = run.points.get(point.value);
    if (seen.has(point.value))
      wrong.push(`D: value ${point.value} of ${key} is there twice (run ${run.runId})`);
    seen.add(point.value);
    if (
      !sent ||
      sent.key !== key ||
      sent.step !== Number(point.step) ||
      sent.timestamp !== Number(point.timestamp)
    )
      wrong.push(`D: nobody sent ${JSON.stringify(point)} (run ${run.runId})`);
  }
  const lost = [...run.points.values()].filter(
    (point) => point.key === key && point.state === "acknowledged" && !seen.has(point.value),
  );
  if (lost.length > 0)
    wrong.push(
      `L: ${lost.length} acknowledged points of ${key} are lost, the first with step ${lost[0]?.step} and value ${lost[0]?.value} (run ${run.runId})`,
    );
  return wrong;
}

async function readSeries(system: System, runId: string): Promise<ReadonlyMap<string, SeriesRow>> {
  const rows = await system.database.query<SeriesRow>(
    `SELECT k.key, s.count, s.last_step, s.min, s.max
     FROM tracking.metric_series s JOIN tracking.metric_key k USING (key_id) JOIN tracking.run r USING (run_no)
     WHERE r.run_id = $1`,
    [runId],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

function compareSeries(
  run: LedgerRun,
  key: string,
  stored: readonly StoredPoint[],
  row: SeriesRow | undefined,
): readonly string[] {
  if (stored.length === 0 && row === undefined) return [];
  const values = stored.map(({ value }) => value);
  const expected = {
    count: stored.length,
    last_step: stored.reduce((last, point) => Math.max(last, Number(point.step)), -1),
    min: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    max: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  };
  const found = row && { count: row.count, last_step: row.last_step, min: row.min, max: row.max };
  return JSON.stringify(found) === JSON.stringify(expected)
    ? []
    : [
        `M: the statistics of ${key} are ${JSON.stringify(found)}, its points say ${JSON.stringify(expected)} (run ${run.runId})`,
      ];
}

/** Chunks of a run are disjoint sets, so their sizes add up to the number of points; nothing is left unfolded. */
async function checkChunks(system: System, runId: string, total: number): Promise<readonly string[]> {
  const [row] = await system.database.query<{ chunks: number }>(
    `SELECT (SELECT coalesce(sum(c.points), 0)::bigint FROM tracking.metric_chunk c WHERE c.run_no = r.run_no) AS chunks
     FROM tracking.run r WHERE r.run_id = $1`,
    [runId],
  );
  return row?.chunks === total
    ? []
    : [`D: the chunks hold ${row?.chunks} points, the histories ${total} (run ${runId})`];
}
