export { createQueryPool, type QueryPool, type QueryPoolOptions } from "./pool/query-pool.ts";
export type { NamedView } from "./protocol.ts";
