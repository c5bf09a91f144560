export { createRegistryImport } from "./import/registry-import.ts";
export { registryMigrations } from "./migrations-folder.ts";
export { createRegistryStore } from "./store/registry-store.ts";
export { resetRegistry } from "./store/reset-registry.ts";
