import { historyMax, type QueryHistoryStore } from "@runweir/analytics-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

export function createHistoryRouter(history: QueryHistoryStore) {
  return router({
    /** The newest first; `before` is the number of the last entry of the page before. */
    list: procedure("experiment.read")
      .input(
        z.object({
          limit: z.int().min(1).max(historyMax).default(100),
          before: z.int().positive().optional(),
        }),
      )
      .query(({ ctx: { caller }, input }) => history.list(caller.workspace, caller.principal, input)),
    clear: procedure("query.save").mutation(({ ctx: { caller } }) =>
      history.clear(caller.workspace, caller.principal),
    ),
  });
}
