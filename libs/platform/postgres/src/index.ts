export { classifyFailure, type Failure } from "./classify-failure.ts";
export { type Database, openDatabase, type Queryable } from "./database.ts";
export {
  nextToken,
  type OrderTerm,
  parseToken,
  printAfter,
  printOrder,
  printOrderColumns,
} from "./keyset.ts";
export { loadMigrations, type Migration, migrate } from "./migrate.ts";
export { type ColumnType, type Comparing, printComparison } from "./print-comparison.ts";
export { printExpression } from "./print-expression.ts";
export { StatementValues } from "./statement-values.ts";
export { rethrowTranslated, translateFailures } from "./translate-failures.ts";
