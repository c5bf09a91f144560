import type { SnapshotBuild } from "./snapshot-source.ts";

export interface PublishedSnapshot {
  readonly seq: number;
  readonly manifestPath: string;
  readonly manifestSha256: string;
  readonly publishedAt: Date;
  /** Until when it is known to be all that the database held. */
  readonly asOf: Date;
}

export interface SnapshotLease extends PublishedSnapshot {
  readonly leaseId: string;
}

export interface Retention {
  /** As many of the newest snapshots are kept in any case. */
  readonly snapshots: number;
  /** And all that were published in these last seconds. */
  readonly seconds: number;
  /** How long files outlive their last snapshot, for readers that hold no lease. */
  readonly graceSeconds: number;
}

/** What is known of snapshots beside their files: which there are, who reads them, what has changed since. */
export interface SnapshotCatalog {
  listWorkspaces(): Promise<readonly string[]>;
  /**
   * Runs the work of one who builds the next snapshot, in one transaction that sees the database as of one moment and that
   * publishes in the end. Undefined while somebody else is building. A builder that was cut off can publish nothing.
   */
  build<T>(workspace: string, work: (build: SnapshotBuild) => Promise<T>): Promise<T | undefined>;
  /** The same view of the database for one who only looks, beside any builder; publishing from it fails. */
  look<T>(workspace: string, work: (build: SnapshotBuild) => Promise<T>): Promise<T>;
  findCurrent(workspace: string): Promise<PublishedSnapshot | undefined>;
  /** Those that can be read, the newest first. */
  list(workspace: string): Promise<readonly PublishedSnapshot[]>;
  /** Holds a snapshot (the current one, or the given) for a reader. `not_found` when there is none, or no longer. */
  lease(
    workspace: string,
    reader: { readonly holder: string; readonly seconds: number; readonly seq?: number | undefined },
  ): Promise<SnapshotLease>;
  /** Holds it for longer. `not_found` when the lease has ended. */
  renew(leaseId: string, seconds: number): Promise<void>;
  release(leaseId: string): Promise<void>;
  /**
   * Runs that the files of a snapshot may hold though they are deleted by now; to be asked with every query. Those that its
   * manifest hides come on top: restored by now, they are still not in it.
   */
  findHidden(workspace: string, seq: number): Promise<readonly number[]>;
  /** Retires old snapshots and lets `sweep` remove every file but those to keep. False while a snapshot is built. */
  collectGarbage(
    workspace: string,
    retention: Retention,
    sweep: (kept: ReadonlySet<string>) => Promise<void>,
  ): Promise<boolean>;
}
