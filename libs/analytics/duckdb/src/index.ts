export { createQueryPool, type QueryPool, type QueryPoolOptions } from "./pool/query-pool.ts";
