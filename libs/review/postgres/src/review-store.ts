import { type Statements, translateFailures } from "@runweir/postgres";
import type { ReviewStore } from "@runweir/review-domain";
import { inboxStore } from "./inbox-store.ts";
import { requestStore } from "./request-store.ts";
import { ruleStore } from "./rule-store.ts";
import { talkStore } from "./talk-store.ts";

/** Over a whole database, or over one open transaction (`withinTransaction`), with which everything commits then. */
export function createReviewStore(options: { readonly database: Statements }): ReviewStore {
  const database = translateFailures(options.database);
  return {
    ...requestStore(database),
    ...talkStore(database),
    ...ruleStore(database),
    ...inboxStore(database),
  };
}
