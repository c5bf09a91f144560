export { identityMigrations } from "./migrations-folder.ts";
export { createRightsReader } from "./rights/rights-reader.ts";
