export { type BuildResult, buildSnapshot, type SnapshotOptions } from "./build-snapshot.ts";
export { printViews } from "./print-views.ts";
export { type CompatibilityView, compatibilityViews } from "./reading/compatibility-views.ts";
export {
  createSnapshotReader,
  type OpenedSnapshot,
  type SnapshotReader,
  type SnapshotReaderOptions,
} from "./reading/snapshot-reader.ts";
export { openSnapshotFolder } from "./snapshot-folder.ts";
export { openStoredFolder } from "./stored-folder.ts";
