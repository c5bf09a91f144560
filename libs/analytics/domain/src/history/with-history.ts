import { DomainError } from "@runweir/errors";
import { checkQuery } from "../check-query.ts";
import type { QueryService } from "../query-service.ts";
import type { HistoryRecorder } from "./history-recorder.ts";
import type { HistoryOutcome } from "./query-history.ts";

/** The service, recording what is run and what came of it, unless a statement asks not to be. */
export function withHistory(
  queries: QueryService,
  options: { readonly recorder: Pick<HistoryRecorder, "record">; readonly now: () => Date },
): QueryService {
  return {
    ...queries,
    async runQuery(caller, query, signal) {
      if (query.isRecorded === false) return queries.runQuery(caller, query, signal);
      // What is no query at all is nothing that anybody wants to run again.
      checkQuery(query);
      const began = options.now().getTime();
      const record = (snapshot: number | null, outcome: HistoryOutcome) =>
        options.recorder.record(caller, {
          startTime: began,
          milliseconds: options.now().getTime() - began,
          sql: query.sql,
          params: query.params ?? [],
          snapshot,
          outcome,
        });
      try {
        const answer = await queries.runQuery(caller, query, signal);
        const { snapshot, cached: isCached } = answer;
        answer.done.then(
          ({ rows }) => record(snapshot.number, { state: "done", rows, isCached }),
          (error: unknown) => record(snapshot.number, failed(error)),
        );
        return answer;
      } catch (error) {
        record(null, failed(error));
        throw error;
      }
    },
  };
}

function failed(error: unknown): HistoryOutcome {
  if (error instanceof DomainError)
    return { state: "failed", reason: error.reason ?? error.code, message: error.message };
  return { state: "failed", reason: "internal", message: "Something went wrong on the server." };
}
