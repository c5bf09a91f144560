export { type BuildResult, buildSnapshot, type SnapshotOptions } from "./build-snapshot.ts";
export { printViews } from "./print-views.ts";
export { openSnapshotFolder, type SnapshotFolder } from "./snapshot-folder.ts";
