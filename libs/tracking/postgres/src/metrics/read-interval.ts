import {
  type ChunkCache,
  firstNotBelow,
  type SeriesPoints,
  sampleSteps,
  slicePoints,
  takePoints,
} from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { loadSeries } from "./load-series.ts";

/** No run answers with more points, however many share one step. */
const pointsPerRunMax = 25_000;

/** MLflow's sampled history: per run the points of the sampled steps, which all runs share, by (step, timestamp, value). */
export async function readInterval(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  request: {
    readonly runIds: readonly string[];
    readonly key: string;
    readonly startStep?: number | undefined;
    readonly endStep?: number | undefined;
    readonly maxResults: number;
  },
): Promise<readonly { readonly runId: string; readonly points: SeriesPoints }[]> {
  const runs = (await loadSeries(client, cache, request.runIds, [request.key])).map((run) => ({
    runId: run.runId,
    points: run.series.get(request.key) as SeriesPoints,
  }));
  const steps = sampleSteps(
    runs.map((run) => run.points.steps),
    request,
    request.maxResults,
  );
  const sampled = Float64Array.from(steps).sort();
  return runs.map(({ runId, points }) => ({
    runId,
    points: slicePoints(atSteps(points, sampled), 0, pointsPerRunMax),
  }));
}

function atSteps(points: SeriesPoints, ascendingSteps: Float64Array): SeriesPoints {
  const places: number[] = [];
  let at = 0;
  for (const step of ascendingSteps) {
    at = firstNotBelow(points.steps, step, at);
    for (; points.steps[at] === step; at += 1) places.push(at);
  }
  return takePoints(points, Uint32Array.from(places));
}
