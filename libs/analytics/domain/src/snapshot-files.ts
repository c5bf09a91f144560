/**
 * The files of one snapshot. Every table has at least one file (of no rows, if it has none): its columns are read from
 * it. A table is shown to callers with a restricted view only if its rows say whose they are, by `experiment_id` or by
 * `run_no`.
 */
export interface SnapshotFiles {
  readonly snapshot: number;
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

export interface OpenSnapshot extends SnapshotFiles {
  readonly createdAt: Date;
  /** The reader is done; files that no snapshot holds any more may go. */
  release(): void;
}

/** Where snapshots come from. */
export interface SnapshotSource {
  /** The named one or the newest; `not_found` when there is none. Its files stay until it is released. */
  open(workspace: string, snapshot: number | undefined): Promise<OpenSnapshot>;
}
