import type { DuckDb } from "@runweir/duckdb";
import type { SnapshotBuild, SnapshotFile, SnapshotFolder } from "@runweir/snapshot-domain";

export interface StepPoints {
  readonly done: number;
  readonly of: number;
}

/** What all steps of building a snapshot share. */
export interface BuildContext {
  readonly build: SnapshotBuild;
  readonly duckdb: DuckDb;
  readonly folder: SnapshotFolder;
  /** Points that are sorted and written at once; one run's are never divided. */
  readonly batchPoints: number;
  /** Has these files at hand until the attempt ends; to be called before DuckDB reads them. */
  hold(files: readonly SnapshotFile[]): Promise<void>;
  /** Every file this attempt has begun: to be removed when it fails. */
  readonly written: string[];
  /** Told before each step, with the points read so far where points are read; what it throws ends the attempt. */
  onStep(step: string, points?: StepPoints): void;
}
