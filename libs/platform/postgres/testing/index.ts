export { createTestDatabase } from "./test-database.ts";
export { startTestPostgres } from "./test-server.ts";
export { watchChanges } from "./watch-changes.ts";
