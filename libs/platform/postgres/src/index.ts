export { type Database, openDatabase, type Queryable } from "./database.ts";
export { loadMigrations, type Migration, migrate } from "./migrate.ts";
