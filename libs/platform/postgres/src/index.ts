export { classifyFailure, type Failure } from "./classify-failure.ts";
export { type Database, openDatabase, type Queryable, type Statements } from "./database.ts";
export { isTaken } from "./is-taken.ts";
export { loadMigrations, type Migration, migrate } from "./migrate.ts";
export { type ColumnType, type Comparing, printComparison } from "./print-comparison.ts";
export { readPage } from "./read-page.ts";
export { StatementValues } from "./statement-values.ts";
export { rethrowTranslated, translateFailures } from "./translate-failures.ts";
export { withinTransaction } from "./within-transaction.ts";
