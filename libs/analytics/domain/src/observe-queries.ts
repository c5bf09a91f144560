import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { HistoryOutcome } from "./history/query-history.ts";
import type { QueryService } from "./query-service.ts";
import type { SqlQuery } from "./sql-query.ts";

export interface EndedQuery {
  readonly caller: Caller;
  readonly query: SqlQuery;
  readonly began: number;
  /** Until the last byte was taken by the reader. */
  readonly milliseconds: number;
  /** What it was read from; null if it did not come so far. */
  readonly snapshot: number | null;
  readonly outcome: HistoryOutcome;
}

/** The service, telling of everything that was run and what came of it. */
export function observeQueries(
  queries: QueryService,
  options: { readonly now: () => Date; onEnd(ended: EndedQuery): void },
): QueryService {
  return {
    ...queries,
    async runQuery(caller, query, signal) {
      const began = options.now().getTime();
      const end = (snapshot: number | null, outcome: HistoryOutcome) =>
        options.onEnd({
          caller,
          query,
          began,
          milliseconds: options.now().getTime() - began,
          snapshot,
          outcome,
        });
      try {
        const answer = await queries.runQuery(caller, query, signal);
        const { snapshot, cached: isCached } = answer;
        answer.done.then(
          ({ rows }) => end(snapshot.number, { state: "done", rows, isCached }),
          (error: unknown) => end(snapshot.number, failed(error)),
        );
        return answer;
      } catch (error) {
        end(null, failed(error));
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
