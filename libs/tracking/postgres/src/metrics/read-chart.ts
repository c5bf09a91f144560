import {
  type ChunkCache,
  orderByTime,
  reduceSeries,
  type SeriesPoints,
  shardOf,
} from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import type { ChartRequest, ChartSeries } from "@runweir/tracking-domain";
import { type LoadedRun, loadSeries } from "./load-series.ts";

interface PlacedSeries {
  readonly runId: string;
  readonly key: string;
  readonly points: SeriesPoints;
  readonly x: Float64Array;
}

/** Series without points are left out. Without a range, it reaches over all points of all series asked for. */
export async function readChart(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  request: ChartRequest,
): Promise<readonly ChartSeries[]> {
  const window = request.axis === "step" ? { from: floor(request.from), to: ceil(request.to) } : {};
  const runs = await loadSeries(client, cache, request.runIds, request.keys, window);
  const starts = request.axis === "relative" ? await startTimes(client, runs) : undefined;
  const placed = runs.flatMap((run) =>
    [...run.series]
      .filter(([, points]) => points.values.length > 0)
      .map(([key, points]) => ({
        runId: run.runId,
        key,
        ...place(points, request.axis, starts?.get(run.runId)),
      })),
  );
  const range = { ...rangeOf(placed, request), buckets: request.buckets };
  return placed
    .map(({ runId, key, points, x }) => ({ runId, key, ...reduceSeries(points, x, range) }))
    .filter((series) => series.storedPoints > 0);
}

function floor(bound: number | undefined): number | undefined {
  return bound === undefined ? undefined : clamp(Math.floor(bound));
}

function ceil(bound: number | undefined): number | undefined {
  return bound === undefined ? undefined : clamp(Math.ceil(bound));
}

function clamp(bound: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, bound));
}

function place(points: SeriesPoints, axis: ChartRequest["axis"], start = 0) {
  if (axis === "step") return { points, x: points.steps };
  const ordered = orderByTime(points);
  if (axis === "wall") return { points: ordered, x: ordered.timestamps };
  return { points: ordered, x: ordered.timestamps.map((timestamp) => timestamp - start) };
}

function rangeOf(
  placed: readonly PlacedSeries[],
  request: ChartRequest,
): { readonly from: number; readonly to: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { x } of placed) {
    least = Math.min(least, x[0] as number);
    most = Math.max(most, x.at(-1) as number);
  }
  return { from: request.from ?? least, to: request.to ?? most };
}

/** The time of each run's first point, over all its merged series and the unfolded points of those asked for. */
async function startTimes(
  client: Pick<Queryable, "query">,
  runs: readonly LoadedRun[],
): Promise<ReadonlyMap<string, number>> {
  const starts = new Map<string, number>();
  const note = (runId: string, timestamp: number): void => {
    starts.set(runId, Math.min(starts.get(runId) ?? timestamp, timestamp));
  };
  const { rows } = await client.query<{ run_id: string; start: number | null }>(
    `SELECT a.run_id, c.start FROM unnest($1::text[], $2::int[]) AS a (run_id, shard)
     JOIN tracking.run r ON r.run_id = a.run_id
     CROSS JOIN LATERAL (
       SELECT min(timestamp_from) AS start FROM tracking.metric_chunk c WHERE c.shard = a.shard AND c.run_no = r.run_no
       OFFSET 0
     ) c`,
    [runs.map((run) => run.runId), runs.map((run) => shardOf(run.runId))],
  );
  for (const row of rows) if (row.start !== null) note(row.run_id, row.start);
  for (const run of runs) {
    for (const points of run.series.values())
      for (const timestamp of points.timestamps) note(run.runId, timestamp);
  }
  return starts;
}
