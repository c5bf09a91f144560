import type { QuerySummary, ResultColumn } from "./sql-query.ts";

export interface CachedResult {
  readonly columns: readonly ResultColumn[];
  readonly chunks: readonly Uint8Array[];
  readonly summary: QuerySummary;
}

export interface ResultCache {
  find(key: string): CachedResult | undefined;
  keep(key: string, result: CachedResult): void;
  /** The most one result may have, to be kept. */
  readonly entryBytesMax: number;
}

/** Column names, map entry and key of one result, generously. */
const overheadBytes = 1_024;

/** The results used last, bounded by their bytes. Snapshots never change, so nothing in it grows old. */
export function createResultCache(bytesMax: number): ResultCache {
  const results = new Map<string, CachedResult>();
  let bytes = 0;
  const sizeOf = (result: CachedResult) =>
    overheadBytes +
    result.columns.reduce((sum, { name, type }) => sum + 2 * (name.length + type.length), 0) +
    result.chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const drop = (key: string) => {
    const result = results.get(key);
    if (result === undefined) return;
    results.delete(key);
    bytes -= sizeOf(result);
  };
  return {
    entryBytesMax: Math.floor(bytesMax / 8),
    find(key) {
      const result = results.get(key);
      if (result !== undefined) {
        results.delete(key);
        results.set(key, result);
      }
      return result;
    },
    keep(key, result) {
      drop(key);
      const size = sizeOf(result);
      if (size > bytesMax) return;
      results.set(key, result);
      bytes += size;
      for (const oldest of results.keys()) {
        if (bytes <= bytesMax) break;
        drop(oldest);
      }
    },
  };
}
