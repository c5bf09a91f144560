export { bucketOf, groupByBucket, numbersOfBucket } from "./buckets.ts";
export { chooseCompaction, settledRows } from "./choose-compaction.ts";
export { createFileLinks, type FileLinks, type LinkMaker } from "./file-links.ts";
export { guardSnapshots } from "./guard-snapshots.ts";
export { damaged, type Manifest, parseManifest, printManifest, type SnapshotFile } from "./manifest.ts";
export { printSchemaDocument, printTables } from "./print-schema-document.ts";
export {
  type ColumnType,
  copiedTables,
  type EntityKind,
  entityKinds,
  pointTables,
  schemaVersion,
  type TableSchema,
  tables,
} from "./schema.ts";
export type {
  PublishedSnapshot,
  Retention,
  SnapshotCatalog,
  SnapshotLease,
} from "./snapshot-catalog.ts";
export type { SnapshotFolder } from "./snapshot-folder.ts";
export type {
  ChunkPlace,
  CurrentSnapshot,
  PointSource,
  Publication,
  RunIdentity,
  SegmentPlace,
  SnapshotBuild,
  SourceRow,
} from "./snapshot-source.ts";
export type { SnapshotStore } from "./snapshot-store.ts";
export {
  createSnapshots,
  type MadeSnapshot,
  type SnapshotContent,
  type SnapshotHead,
  type SnapshotList,
  type SnapshotProgress,
  type Snapshots,
} from "./snapshots.ts";
export { takeTurns } from "./take-turns.ts";
