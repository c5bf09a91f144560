export { createQueryHistoryStore } from "./history-store.ts";
export { dropPlainLinkKey, readPlainLinkKey } from "./link-key.ts";
export { analyticsMigrations } from "./migrations-folder.ts";
export { countQueriesOf, passOnQueries } from "./pass-on-queries.ts";
export { createSavedQueryStore } from "./saved-query-store.ts";
