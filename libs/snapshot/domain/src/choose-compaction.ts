import type { SnapshotFile } from "./manifest.ts";

/** A file of points with so many rows is never merged again. */
export const settledRows = 4_000_000;
const smallestTier = 65_536;
const growth = 8;

/**
 * Files of points to merge into one: the first tier that has as many as a tier may have. A row is rewritten once per tier,
 * and a reader opens at most a few small files beside the settled ones.
 */
export function chooseCompaction(
  files: readonly SnapshotFile[],
  filesPerTier = growth,
): readonly SnapshotFile[] | undefined {
  const tiers = Map.groupBy(
    files.filter((file) => file.rows < settledRows),
    tierOf,
  );
  return [...tiers]
    .sort(([a], [b]) => a - b)
    .map(([, ofTier]) => ofTier)
    .find((ofTier) => ofTier.length >= filesPerTier);
}

function tierOf({ rows }: SnapshotFile): number {
  return Math.max(0, Math.floor(Math.log(rows / smallestTier) / Math.log(growth)) + 1);
}
