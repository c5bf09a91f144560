export { createBulkStore } from "./bulk/bulk-store.ts";
export { createBulkMover } from "./bulk/create-bulk-mover.ts";
export { createRegistryImport } from "./import/registry-import.ts";
export { createLoadKeeper } from "./loads/create-load-keeper.ts";
export { registryMigrations } from "./migrations-folder.ts";
export { countModels } from "./store/count-models.ts";
export { createRegistryStore } from "./store/registry-store.ts";
export { resetRegistry } from "./store/reset-registry.ts";
