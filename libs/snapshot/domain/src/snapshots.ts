import type { Caller } from "@runweir/identity-domain";
import type { Manifest } from "./manifest.ts";
import { tables } from "./schema.ts";
import type { PublishedSnapshot, SnapshotCatalog } from "./snapshot-catalog.ts";

export interface SnapshotHead {
  readonly number: number;
  readonly createdAt: Date;
  /** Until when it is known to be all that was logged. */
  readonly asOf: Date;
}

/** What is being written at this moment. */
export interface SnapshotProgress {
  readonly startedAt: Date;
  readonly step: string;
  /** Of the points that are read; absent in the other steps. */
  readonly points?: { readonly done: number; readonly of: number } | undefined;
}

export interface SnapshotList {
  /** Absent until there is one. */
  readonly current: SnapshotHead | undefined;
  readonly ageSeconds: number | undefined;
  readonly building: SnapshotProgress | undefined;
  /** All that can be read, the newest first. */
  readonly snapshots: readonly SnapshotHead[];
}

export interface MadeSnapshot {
  readonly number: number;
  /** False when nothing had changed: the current one is still all there is. */
  readonly published: boolean;
  readonly files: number;
  readonly rowsWritten: number;
  readonly bytesWritten: number;
}

export interface SnapshotContent extends SnapshotHead {
  readonly schemaVersion: number;
  readonly tables: readonly {
    readonly name: string;
    readonly rows: number;
    readonly bytes: number;
    readonly files: readonly {
      readonly path: string;
      readonly rows: number;
      readonly bytes: number;
      readonly sha256: string;
    }[];
  }[];
  /** Deleted runs whose points are still in files, and that readers leave out. */
  readonly hiddenRuns: readonly number[];
}

/** Snapshots as people ask for them. */
export interface Snapshots {
  list(caller: Caller): Promise<SnapshotList>;
  /** Makes one of what there is now, and waits for it. */
  make(caller: Caller): Promise<MadeSnapshot>;
  /** `not_found` when there is none of this number, or no longer. */
  describe(caller: Caller, number: number): Promise<SnapshotContent>;
}

export function createSnapshots(options: {
  readonly catalog: Pick<SnapshotCatalog, "list" | "lease" | "release" | "findHidden">;
  readonly readManifest: (workspace: string, snapshot: PublishedSnapshot) => Promise<Manifest>;
  readonly make: (workspace: string) => Promise<MadeSnapshot>;
  readonly progressOf: (workspace: string) => SnapshotProgress | undefined;
  readonly clock: { now(): number };
}): Snapshots {
  const { catalog, clock } = options;
  return {
    async list({ workspace }) {
      const snapshots = (await catalog.list(workspace)).map(toHead);
      const [current] = snapshots;
      return {
        current,
        ageSeconds: current && Math.max(0, (clock.now() - current.asOf.getTime()) / 1_000),
        building: options.progressOf(workspace),
        snapshots,
      };
    },

    make: ({ workspace }) => options.make(workspace),

    async describe({ workspace }, number) {
      const lease = await catalog.lease(workspace, { holder: "description", seconds: 60, seq: number });
      try {
        const manifest = await options.readManifest(workspace, lease);
        const hidden = await catalog.findHidden(workspace, number);
        return {
          ...toHead(lease),
          schemaVersion: manifest.schemaVersion,
          tables: tables.map(({ name }) => {
            const files = manifest.files.filter((file) => file.table === name);
            return {
              name,
              rows: files.reduce((sum, { rows }) => sum + rows, 0),
              bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
              files: files.map(({ path, rows, bytes, sha256 }) => ({ path, rows, bytes, sha256 })),
            };
          }),
          hiddenRuns: [...new Set([...manifest.hidden, ...hidden])].sort((a, b) => a - b),
        };
      } finally {
        await catalog.release(lease.leaseId);
      }
    },
  };
}

function toHead({ seq, publishedAt, asOf }: PublishedSnapshot): SnapshotHead {
  return { number: seq, createdAt: publishedAt, asOf };
}
