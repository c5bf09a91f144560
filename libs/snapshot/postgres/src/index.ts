export { snapshotMigrations } from "./migrations-folder.ts";
export {
  createSnapshotCatalog,
  type PublishedSnapshot,
  type Retention,
  type SnapshotCatalog,
  type SnapshotLease,
} from "./snapshot-catalog.ts";
