import {
  type ChunkCache,
  joinPoints,
  noPoints,
  orderByTime,
  type SeriesPoints,
  seriesInChunk,
  slicePoints,
  unitePoints,
} from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import { type ChunkRow, loadChunks } from "./chunk-rows.ts";
import { listSeries } from "./list-series.ts";

/** A part of the series: a chunk still to be loaded, or points at hand. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly chunk?: ChunkRow & { readonly shard: number };
  readonly points?: SeriesPoints;
}

/** Pieces that share times with one another, and with no others. */
type Cluster = readonly Piece[];

/**
 * A page of a series ordered by timestamp, step and value. Full chunks whose times no other part shares are counted
 * without being loaded, so a page costs what it holds, however long the series is.
 */
export async function readHistory(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  request: {
    readonly runId: string;
    readonly key: string;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly points: SeriesPoints; readonly total: number }> {
  const { keyIds, runs } = await listSeries(client, [request.runId], [request.key]);
  const run = runs[0];
  const keyId = keyIds.get(request.key);
  const pieces: Piece[] = (run?.chunks ?? []).map((chunk) => ({
    from: chunk.timestamp_from,
    to: chunk.timestamp_to,
    chunk,
  }));
  const pending = run?.pending.get(request.key);
  if (pending) pieces.push({ ...timeRange(pending), points: pending });
  const clusters = clusterByTime(pieces);
  const shared = clusters.filter((cluster) => knownCount(cluster) === undefined);
  const counted = await loadClusters(client, cache, keyId, shared);
  const countOf = (cluster: Cluster): number =>
    knownCount(cluster) ?? (counted.get(cluster) as SeriesPoints).values.length;

  const end = request.offset + request.limit;
  let total = 0;
  const onPage: { readonly cluster: Cluster; readonly start: number }[] = [];
  for (const cluster of clusters) {
    const count = countOf(cluster);
    if (total < end && total + count > request.offset) onPage.push({ cluster, start: total });
    total += count;
  }
  const alone = onPage.map(({ cluster }) => cluster).filter((cluster) => !counted.has(cluster));
  const loaded = await loadClusters(client, cache, keyId, alone);
  const parts = onPage.map(({ cluster, start }) => {
    const points = orderByTime((counted.get(cluster) ?? loaded.get(cluster)) as SeriesPoints);
    return slicePoints(points, Math.max(0, request.offset - start), end - start);
  });
  return { points: parts.length === 0 ? noPoints : joinPoints(parts), total };
}

/** The points of each cluster as a set. */
async function loadClusters(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  keyId: number | undefined,
  clusters: readonly Cluster[],
): Promise<ReadonlyMap<Cluster, SeriesPoints>> {
  const rows = clusters.flatMap((cluster) => cluster.flatMap(({ chunk }) => chunk ?? []));
  const chunks = await loadChunks(client, cache, rows);
  return new Map(
    clusters.map((cluster) => [
      cluster,
      unitePoints(
        cluster.map(({ chunk, points }) => {
          const loaded = chunk && chunks.get(chunk.chunk_id);
          return points ?? (loaded && seriesInChunk(loaded, keyId as number)) ?? noPoints;
        }),
      ),
    ]),
  );
}

/** How many points a chunk of this series alone has, which needs no loading. */
function knownCount(cluster: Cluster): number | undefined {
  const chunk = cluster.length === 1 ? cluster[0]?.chunk : undefined;
  return chunk && chunk.key_from === chunk.key_to ? chunk.points : undefined;
}

/** In the order of time. */
function clusterByTime(pieces: readonly Piece[]): readonly Cluster[] {
  const clusters: Piece[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of [...pieces].sort((a, b) => a.from - b.from)) {
    if (piece.from > end) clusters.push([piece]);
    else clusters.at(-1)?.push(piece);
    end = Math.max(end, piece.to);
  }
  return clusters;
}

function timeRange(points: SeriesPoints): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const timestamp of points.timestamps) {
    if (timestamp < from) from = timestamp;
    if (timestamp > to) to = timestamp;
  }
  return { from, to };
}
