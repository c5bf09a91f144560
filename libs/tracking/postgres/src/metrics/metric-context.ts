import { ChunkCache, createNameMemory, type NameMemory } from "@runweir/ingest-domain";
import type { Database } from "@runweir/postgres";
import { KeyDictionary } from "./key-dictionary.ts";

/** What all steps of folding, merging and reading share. */
export interface MetricContext {
  readonly database: Database;
  readonly keys: KeyDictionary;
  readonly cache: ChunkCache;
  readonly names: NameMemory;
  /** Encoded bytes that one transaction folds. */
  readonly foldBytes: number;
  /** Points of a full chunk. */
  readonly chunkPoints: number;
  /** As many chunks of one tier over the same key are merged: fewer mean more rewriting, more mean slower reads. */
  readonly mergeFanout: number;
}

/**
 * With `cachedPoints` decoded points kept in memory, 24 bytes each. A mebibyte is folded in some tens of milliseconds, in
 * which a process does nothing else; one that has nothing else to do saves work by folding more at once.
 */
export function createMetricContext(
  database: Database,
  cachedPoints: number,
  foldBytes = 2 ** 20,
): MetricContext {
  return {
    database,
    keys: new KeyDictionary(),
    cache: new ChunkCache(cachedPoints),
    names: createNameMemory(),
    foldBytes,
    // About 50 to 80 KB, decoded in well under a millisecond.
    chunkPoints: 8_192,
    mergeFanout: 8,
  };
}
