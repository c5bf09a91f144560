export { createTestDatabase } from "./test-database.ts";
export { startTestPostgres } from "./test-server.ts";
