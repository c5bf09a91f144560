import { checkQuery } from "../check-query.ts";
import { observeQueries } from "../observe-queries.ts";
import type { QueryService } from "../query-service.ts";
import type { HistoryRecorder } from "./history-recorder.ts";

/** The service, recording what is run and what came of it, unless a statement asks not to be. */
export function withHistory(
  queries: QueryService,
  options: { readonly recorder: Pick<HistoryRecorder, "record">; readonly now: () => Date },
): QueryService {
  const recorded = observeQueries(queries, {
    now: options.now,
    onEnd({ caller, query, began, ...ended }) {
      options.recorder.record(caller, {
        ...ended,
        startTime: began,
        sql: query.sql,
        params: query.params ?? [],
      });
    },
  });
  return {
    ...queries,
    async runQuery(caller, query, signal) {
      if (query.isRecorded === false) return queries.runQuery(caller, query, signal);
      // What is no query at all is nothing that anybody wants to run again.
      checkQuery(query);
      return recorded.runQuery(caller, query, signal);
    },
  };
}
