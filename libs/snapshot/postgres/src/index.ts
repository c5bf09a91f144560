export { snapshotMigrations } from "./migrations-folder.ts";
export { createSnapshotCatalog } from "./snapshot-catalog.ts";
export { createSnapshotCurrency } from "./snapshot-currency.ts";
