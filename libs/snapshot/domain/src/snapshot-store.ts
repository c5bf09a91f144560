import type { Readable } from "node:stream";

/** Where files of snapshots are kept for every machine: a bucket, say. Paths are those of the folder. */
export interface SnapshotStore {
  /** Resolves when the store has all of it. */
  put(path: string, body: Readable): Promise<void>;
  /** `not_found` when there is none. */
  read(path: string): Promise<Readable>;
  /** Names and sizes of the files of a folder; none where there is no folder. */
  list(folder: string): Promise<ReadonlyMap<string, number>>;
  delete(path: string): Promise<void>;
}
