export { streamChanges } from "./stream-changes.ts";
export { type BaseContext, type ErrorDetails, mergeRouters, procedure, router } from "./trpc.ts";
