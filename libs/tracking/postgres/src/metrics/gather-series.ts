import {
  decodeSegment,
  joinPoints,
  pointsOfSeries,
  type Segment,
  type SeriesPoints,
  toPointSet,
} from "@runweir/ingest-domain";

/** Point sets by run number and metric name. */
export type GatheredSeries = Map<number, Map<string, SeriesPoints>>;

/** Brings the points of many segments together: per run and metric one set, each point once. */
export function gatherSeries(
  segments: Iterable<{ readonly runNo: number; readonly segment: Segment }>,
  wantedKeys?: ReadonlySet<string>,
): GatheredSeries {
  const parts = new Map<number, Map<string, SeriesPoints[]>>();
  for (const { runNo, segment } of segments) {
    const run = parts.get(runNo) ?? new Map<string, SeriesPoints[]>();
    parts.set(runNo, run);
    for (let series = 0; series < segment.keys.length; series += 1) {
      const key = segment.keys[series] as string;
      if (wantedKeys && !wantedKeys.has(key)) continue;
      const points = pointsOfSeries(segment, series);
      const list = run.get(key);
      if (list) list.push(points);
      else run.set(key, [points]);
    }
  }
  const gathered: GatheredSeries = new Map();
  for (const [runNo, run] of parts) {
    const series = new Map<string, SeriesPoints>();
    for (const [key, list] of run) series.set(key, toPointSet(joinPoints(list)));
    gathered.set(runNo, series);
  }
  return gathered;
}

/**
 * Decodes segments that wait for folding. Damaged ones are left out: folding, which reads them next, sets them aside and
 * keeps the reason.
 */
export function decodePending(
  rows: readonly { readonly runNo: number; readonly body: Buffer }[],
): { readonly runNo: number; readonly segment: Segment }[] {
  return rows.flatMap(({ runNo, body }) => {
    try {
      return [{ runNo, segment: decodeSegment(body) }];
    } catch {
      return [];
    }
  });
}
