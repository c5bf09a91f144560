import type { Manifest, SnapshotFile } from "./manifest.ts";

/**
 * The files of one workspace's snapshots. None of them is ever changed once it is written. They are read and written in a
 * folder of this machine, which may be all there is of them or a copy of what a store holds.
 */
export interface SnapshotFolder {
  readonly root: string;
  locate(path: string): string;
  /** Sees to it that these files lie where `locate` says, as they were written, and stay until let go. */
  hold(files: readonly SnapshotFile[]): Promise<() => void>;
  /** A new path for a file of this table, whose folder is there. */
  reserve(table: string): Promise<string>;
  /** Brings a written file safely to where it stays; its size and checksum. */
  seal(path: string): Promise<{ readonly bytes: number; readonly sha256: string }>;
  writeManifest(manifest: Manifest): Promise<{ readonly path: string; readonly sha256: string }>;
  /** Throws `failed_precondition` (reason `snapshot_damaged`) when it is missing or altered. */
  readManifest(path: string, sha256: string): Promise<Manifest>;
  /** What is wrong with a file: missing, of another size, and with `thorough` altered; undefined when nothing is. */
  findDamage(file: SnapshotFile, thorough: boolean): Promise<string | undefined>;
  remove(paths: readonly string[]): Promise<void>;
  /** Removes every file but these. */
  sweep(kept: ReadonlySet<string>): Promise<void>;
}
