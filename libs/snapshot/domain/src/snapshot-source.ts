import type { Chunk, Segment } from "@runweir/ingest-domain";
import type { EntityKind, TableSchema } from "./schema.ts";

/** What the database knows of the current snapshot. */
export interface CurrentSnapshot {
  readonly seq: number;
  readonly manifestPath: string;
  readonly manifestSha256: string;
}

export interface RunIdentity {
  readonly runNo: number;
  readonly runId: string;
  readonly experimentId: number;
}

/** Where points lie that may be new since the current snapshot. */
export interface PointSource extends RunIdentity {
  readonly chunks: readonly ChunkPlace[];
  readonly segments: readonly SegmentPlace[];
  /** At most so many; a point may lie in a chunk and in a segment. */
  readonly points: number;
}

export interface ChunkPlace {
  readonly shard: number;
  readonly runNo: number;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly chunkId: number;
}

export interface SegmentPlace {
  readonly shard: number;
  readonly runNo: number;
  readonly seq: number;
}

/** Values of one row in the order of the table's columns: times in milliseconds, maps and lists as JSON. */
export type SourceRow = readonly (string | number | boolean | null)[];

export interface Publication {
  readonly seq: number;
  readonly manifestPath: string;
  readonly manifestSha256: string;
  readonly added: readonly string[];
  readonly dropped: readonly string[] | "all";
  /** Runs deleted since, and restored since. */
  readonly gone: readonly number[];
  readonly restored: readonly number[];
  /** Nothing of the older snapshots is used any more: nobody may begin to read them. */
  readonly anew: boolean;
  /** Whether no file holds points of hidden runs any more. */
  readonly purged: boolean;
}

/** The database as of one moment, for the one who builds the next snapshot. Everything is seen in one transaction. */
export interface SnapshotBuild {
  readonly current: CurrentSnapshot | undefined;
  /** Last segment of each shard. */
  readonly position: readonly number[];
  readonly now: Date;
  /** What changed since the current snapshot; undefined when that was not recorded without a gap. */
  readonly changes: ReadonlyMap<EntityKind, readonly number[]> | undefined;
  /** Deleted runs whose points may still be in files, and since when. */
  readonly hidden: readonly { readonly runNo: number; readonly hiddenAt: Date }[];
  /** All entities of a kind, in order. */
  listNumbers(kind: EntityKind): Promise<readonly number[]>;
  /** The rows of these entities; those that are deleted have none. */
  readRows(table: TableSchema, numbers: readonly number[]): Promise<readonly SourceRow[]>;
  /** Which of these runs are deleted, and which were and are not any more. */
  sortRuns(
    runNos: readonly number[],
  ): Promise<{ readonly gone: readonly number[]; readonly restored: readonly number[] }>;
  /**
   * Where new points may lie, by experiment and run: everything of `wholeRuns`, of the others what came since the current
   * snapshot; everything of all runs with "all".
   */
  findPoints(wholeRuns: readonly number[] | "all"): Promise<readonly PointSource[]>;
  readChunks(
    places: readonly ChunkPlace[],
  ): Promise<readonly { readonly runNo: number; readonly chunk: Chunk }[]>;
  readSegments(
    places: readonly SegmentPlace[],
  ): Promise<readonly { readonly runNo: number; readonly segment: Segment }[]>;
  readKeys(keyIds: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Makes the snapshot the current one, when the one it was built on still is. Throws `conflict` otherwise. */
  publish(publication: Publication): Promise<void>;
  /** Nothing has changed: the current snapshot reaches up to now. */
  confirm(): Promise<void>;
}
