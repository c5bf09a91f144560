import type { QueryHistoryStore, SavedQueries } from "@runweir/analytics-domain";
import { router } from "@runweir/trpc";
import { createHistoryRouter } from "./history-router.ts";
import { createSavedQueriesRouter } from "./saved-queries-router.ts";

/** What the pages keep of SQL, mounted at `/trpc/analytics`. Statements are run over HTTP (`libs/analytics/http`). */
export function createAnalyticsRouter(services: {
  readonly savedQueries: SavedQueries;
  readonly history: QueryHistoryStore;
}) {
  return router({
    savedQueries: createSavedQueriesRouter(services.savedQueries),
    history: createHistoryRouter(services.history),
  });
}

export type AnalyticsApi = ReturnType<typeof createAnalyticsRouter>;
