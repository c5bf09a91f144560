/**
 * The files of one snapshot. Every table has at least one file (of no rows, if it has none): its columns are read from
 * it. A table is shown to callers with a restricted view only if its rows say whose they are, by `experiment_id` or by
 * `run_no`.
 */
export interface SnapshotFiles {
  readonly snapshot: number;
  /** By table. With a tail, the files that hold it are among these. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** Numbers of runs that are deleted by now: their rows are still in files, and in no view that has `run_no`. */
  readonly hidden: readonly number[];
  /** There if what was logged after the snapshot is in the tables: up to this moment. */
  readonly tailUntil?: Date | undefined;
}

export interface OpenSnapshot extends SnapshotFiles {
  readonly createdAt: Date;
  /** The reader is done; files that no snapshot holds any more may go. */
  release(): void;
}

export interface SnapshotChoice {
  /** The newest if absent. */
  readonly snapshot?: number | undefined;
  /** Also what was logged since. Goes with the newest snapshot only. */
  readonly tail?: boolean | undefined;
}

/** Where snapshots come from. */
export interface SnapshotSource {
  /** The named one or the newest; `not_found` when there is none. Its files stay until it is released. */
  open(workspace: string, choice: SnapshotChoice): Promise<OpenSnapshot>;
}
