import { settledTier } from "./cut-chunks.ts";

/** As much of a chunk as choosing needs. */
export interface ChunkExtent {
  readonly chunkId: number;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly tier: number;
  readonly points: number;
}

/** Points of one merge, so that its transaction stays in the tens of milliseconds. */
const mergePointsMax = 200_000;

/**
 * The chunks to merge next, or undefined when no key is covered by `fanout` chunks of one tier. Low tiers come first, and
 * of them the place where most chunks lie on top of each other.
 */
export function chooseMerge<C extends ChunkExtent>(
  chunks: readonly C[],
  fanout: number,
): readonly C[] | undefined {
  const tiers = Map.groupBy(
    chunks.filter((chunk) => chunk.tier < settledTier),
    (chunk) => chunk.tier,
  );
  for (const tier of [...tiers.keys()].sort((a, b) => a - b)) {
    const ofTier = tiers.get(tier) as C[];
    const { key, depth } = deepestKey(ofTier);
    if (depth < fanout) continue;
    const covering = ofTier
      .filter((chunk) => chunk.keyFrom <= key && chunk.keyTo >= key)
      .sort((a, b) => a.chunkId - b.chunkId);
    return withinPoints(covering);
  }
  return undefined;
}

function deepestKey(chunks: readonly ChunkExtent[]): { readonly key: number; readonly depth: number } {
  const begins = chunks.map((chunk) => chunk.keyFrom).sort((a, b) => a - b);
  const ends = chunks.map((chunk) => chunk.keyTo).sort((a, b) => a - b);
  let ended = 0;
  let best = { key: 0, depth: 0 };
  for (let begun = 0; begun < begins.length; begun += 1) {
    const key = begins[begun] as number;
    while ((ends[ended] as number) < key) ended += 1;
    const depth = begun + 1 - ended;
    if (depth > best.depth) best = { key, depth };
  }
  return best;
}

function withinPoints<C extends ChunkExtent>(chunks: readonly C[]): readonly C[] {
  let points = 0;
  const fitting = chunks.filter((chunk, i) => {
    points += chunk.points;
    return i < 2 || points <= mergePointsMax;
  });
  return fitting;
}
