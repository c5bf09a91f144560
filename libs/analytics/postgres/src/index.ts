export { createQueryHistoryStore } from "./history-store.ts";
export { readLinkKey } from "./link-key.ts";
export { analyticsMigrations } from "./migrations-folder.ts";
export { createSavedQueryStore } from "./saved-query-store.ts";
