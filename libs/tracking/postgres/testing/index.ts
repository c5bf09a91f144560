export { createMetricTestDatabase, insertRun, type MetricTestDatabase } from "./metric-test-database.ts";
