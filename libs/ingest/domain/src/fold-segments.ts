import { freshFloats } from "./column-memory.ts";
import { cutChunks, type NewChunk } from "./cut-chunks.ts";
import { countBehind, foldSeries, lateSeries, stepRange, type UnfoldedSeries } from "./fold-series.ts";
import type { Summary } from "./fold-statistics.ts";
import { gatherSeries } from "./gather-series.ts";
import type { SeriesPoints } from "./point-batch.ts";
import type { Segment } from "./segment.ts";

export interface SeriesPlace {
  readonly runNo: number;
  readonly keyId: number;
}

export interface SeriesStretch extends SeriesPlace {
  readonly stepFrom: number;
  readonly stepTo: number;
}

export interface SeriesSummary extends SeriesPlace {
  readonly summary: Summary;
}

/** Name of a series in maps. */
export function seriesName({ runNo, keyId }: SeriesPlace): string {
  return `${runNo}/${keyId}`;
}

/** What folding asks of the store; nothing of it may change before the result is written. */
export interface FoldSource {
  /** The numbers of these names; new names get one. */
  keyIds(names: ReadonlySet<string>): Promise<ReadonlyMap<string, number>>;
  /** By name of the series; new series are absent. */
  summaries(series: readonly SeriesPlace[]): Promise<ReadonlyMap<string, Summary>>;
  /** The stored points in (at least) these steps, by name of the series. */
  storedPoints(stretches: readonly SeriesStretch[]): Promise<ReadonlyMap<string, SeriesPoints>>;
}

/** What has to be written, in one transaction with the removal of the segments. */
export interface FoldedSegments {
  readonly keyIds: ReadonlyMap<string, number>;
  readonly summaries: readonly SeriesSummary[];
  readonly chunks: readonly (NewChunk & { readonly runNo: number })[];
  /** How many points were new. */
  readonly points: number;
  /** How many of them lie behind the last step that their series had before, where any do. */
  readonly lateByRun: ReadonlyMap<number, number>;
}

/** Turns segments into chunks of points not seen before, and the statistics after them. What it makes lies in `floats`. */
export async function foldSegments(
  segments: readonly { readonly runNo: number; readonly segment: Segment }[],
  source: FoldSource,
  chunkPoints: number,
  floats = freshFloats,
): Promise<FoldedSegments> {
  const gathered = gatherSeries(segments, undefined, floats);
  const names = new Set([...gathered.values()].flatMap((run) => [...run.keys()]));
  if (names.size === 0)
    return { keyIds: new Map(), summaries: [], chunks: [], points: 0, lateByRun: new Map() };
  const keyIds = await source.keyIds(names);
  const places = [...gathered].flatMap(([runNo, run]) =>
    [...run].map(([key, points]) => ({ runNo, keyId: keyIds.get(key) as number, points })),
  );
  const before = await source.summaries(places);
  const series = places.map((one) => ({ ...one, before: before.get(seriesName(one)) }));
  const stored = await source.storedPoints(
    lateSeries(series).map(({ runNo, keyId, points }) => ({ runNo, keyId, ...stepRange(points) })),
  );
  const folded = foldSeries(series, (one) => stored.get(seriesName(one)));
  const chunks = [...Map.groupBy(folded, (one) => one.runNo)].flatMap(([runNo, ofRun]) =>
    cutChunks(
      ofRun.sort((a, b) => a.keyId - b.keyId),
      0,
      chunkPoints,
      floats,
    ).map((chunk) => ({ runNo, ...chunk })),
  );
  const points = folded.reduce((total, one) => total + one.points.values.length, 0);
  return { keyIds, summaries: folded, chunks, points, lateByRun: countLate(folded) };
}

function countLate(series: readonly (SeriesPlace & UnfoldedSeries)[]): ReadonlyMap<number, number> {
  const lateByRun = new Map<number, number>();
  for (const { runNo, before, points } of series) {
    const behind = countBehind(before, points);
    if (behind > 0) lateByRun.set(runNo, (lateByRun.get(runNo) ?? 0) + behind);
  }
  return lateByRun;
}

/**
 * Up to which number the segments of a shard are folded. In the order of numbers everything up to the last one taken is
 * done; with none left, everything up to the shard's end. Segments become visible in that order, so none can still
 * appear below.
 */
export function foldedUpTo(fold: {
  /** Whether all segments of the shard were asked for, in their order. */
  readonly inOrder: boolean;
  readonly lastTaken: number | undefined;
  /** The shard's end, read before the segments were. */
  readonly lastSeq: number;
  readonly foldedSeq: number;
}): number {
  return fold.inOrder ? Math.max(fold.foldedSeq, fold.lastTaken ?? fold.lastSeq) : fold.foldedSeq;
}
