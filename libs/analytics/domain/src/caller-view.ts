import type { Caller } from "@runweir/identity-domain";
import type { QueryLimits } from "./sql-query.ts";

/** What a caller may see and take at this moment. */
export interface CallerView {
  readonly experiments: "all" | readonly number[];
  readonly limits: QueryLimits;
}

/** Asked for every statement anew, also when its answer is in the cache. */
export interface ViewPolicy {
  viewOf(caller: Caller): Promise<CallerView>;
}
