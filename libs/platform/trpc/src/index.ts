export { type BaseContext, type ErrorDetails, mergeRouters, procedure, router } from "./trpc.ts";
export { watchChanges } from "./watch-changes.ts";
