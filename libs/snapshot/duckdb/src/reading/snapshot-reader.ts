import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import {
  type Manifest,
  type SnapshotCatalog,
  type SnapshotFolder,
  tables,
  takeTurns,
} from "@runweir/snapshot-domain";
import { ensureEmptyFile } from "./empty-files.ts";
import { createHeldSnapshots } from "./held-snapshots.ts";
import { createLiveTails } from "./live-tails.ts";

/** The files of a snapshot, which stay until it is released. */
export interface OpenedSnapshot {
  readonly snapshot: number;
  /** Until when it is known to be all that was logged. */
  readonly createdAt: Date;
  /** Local paths by table; at least one each, of no rows where there are none. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** Numbers of deleted runs that are still in files: whoever reads leaves them out. */
  readonly hidden: readonly number[];
  /** Up to this moment what came after the snapshot is in the tables; absent without a tail. */
  readonly tailUntil?: Date | undefined;
  release(): void;
}

export interface SnapshotReader {
  /** The given one or the newest, with what came since where a tail is asked for. `not_found` when there is none. */
  open(
    workspace: string,
    choice: { readonly snapshot?: number | undefined; readonly tail?: boolean | undefined },
  ): Promise<OpenedSnapshot>;
  close(): Promise<void>;
}

export interface SnapshotReaderOptions {
  readonly catalog: SnapshotCatalog;
  /** Who reads, for people who look at leases. */
  readonly holder: string;
  /** A folder of this process for what nobody else needs. */
  readonly scratch: string;
  folderOf(workspace: string): SnapshotFolder;
  /** A DuckDB that reads and writes these folders. */
  openDuckDb(folders: readonly string[]): Promise<DuckDb>;
  makeSnapshot(workspace: string): Promise<unknown>;
  /** Told of a snapshot that cannot be read; the next one replaces what is damaged. */
  onDamage(workspace: string, what: string): void;
  onTrouble(error: unknown): void;
}

/** Opens snapshots for whoever reads them: what is deleted by now is asked with every opening. */
export function createSnapshotReader(options: SnapshotReaderOptions): SnapshotReader {
  const { catalog } = options;
  const snapshots = createHeldSnapshots(options);
  const tails = createLiveTails({ ...options, snapshots });
  let empty: ReadonlyMap<string, string> | undefined;
  const writeEmpty = takeTurns(async (folder: string): Promise<ReadonlyMap<string, string>> => {
    if (empty) return empty;
    const duckdb = await options.openDuckDb([`${folder}/`]);
    try {
      const paths = new Map<string, string>();
      for (const table of tables) paths.set(table.name, await ensureEmptyFile(duckdb, folder, table));
      empty = paths;
      return paths;
    } finally {
      duckdb.close();
    }
  });

  async function toTables(manifest: Manifest, locate: (path: string) => string) {
    const without = empty ?? (await writeEmpty(options.scratch));
    return Object.fromEntries(
      tables.map(({ name }) => {
        const files = manifest.files.filter((file) => file.table === name);
        const paths = files.map((file) => locate(file.path));
        return [name, paths.length > 0 ? paths : [without.get(name) as string]];
      }),
    );
  }

  async function findHidden(workspace: string, seq: number, manifest: Manifest): Promise<readonly number[]> {
    const deleted = await catalog.findHidden(workspace, seq);
    return [...new Set([...manifest.hidden, ...deleted])].sort((a, b) => a - b);
  }

  async function openTail(workspace: string): Promise<OpenedSnapshot> {
    const tail = await tails.hold(workspace);
    const { asOf, lease } = tail.base;
    const { seq } = lease;
    try {
      return {
        snapshot: seq,
        createdAt: asOf,
        tables: await toTables(tail.manifest, tail.locate),
        hidden: await findHidden(workspace, seq, tail.manifest),
        tailUntil: tail.until,
        release: tail.letGo,
      };
    } catch (error) {
      tail.letGo();
      throw error;
    }
  }

  return {
    async open(workspace, { snapshot, tail }) {
      if (tail && snapshot !== undefined)
        throw new DomainError("invalid_argument", "A tail goes with the newest snapshot, not with another.", {
          field: "tail",
        });
      if (tail) return openTail(workspace);
      const held = await snapshots.hold(workspace, snapshot);
      try {
        const { seq } = held.lease;
        return {
          snapshot: seq,
          createdAt: held.asOf,
          tables: await toTables(held.manifest, options.folderOf(workspace).locate),
          hidden: await findHidden(workspace, seq, held.manifest),
          release: held.letGo,
        };
      } catch (error) {
        held.letGo();
        throw error;
      }
    },
    async close() {
      await tails.close();
      await snapshots.close();
    },
  };
}
