export { snapshotMigrations } from "./migrations-folder.ts";
export { createSnapshotCatalog } from "./snapshot-catalog.ts";
