"use client";

import { useRefresher } from "@runweir/web-trpc-client";
import { usePageVisible } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useReviewApi } from "../review-api.ts";

/**
 * Asks again for what is shown of a request, or of all, when something happens to it, and for what waits for the reader, which the bar
 * above counts. Rests while the tab is hidden: browsers allow six connections to a server, over all tabs.
 */
export function useReviewChanges(requestId?: number): void {
  const api = useReviewApi();
  const queries = useQueryClient();
  const visible = usePageVisible();
  const ask = useRefresher(() =>
    Promise.all([
      queries.invalidateQueries(api.requests.get.pathFilter()),
      queries.invalidateQueries(api.requests.list.pathFilter()),
      queries.invalidateQueries(api.inbox.pathFilter()),
    ]),
  );
  useSubscription(
    api.changes.subscriptionOptions(
      requestId === undefined ? {} : { requestId },
      // Its first event says that nothing is missed from there on; its end, that there may be nothing to see any more.
      { enabled: visible, onData: ask, onError: ask },
    ),
  );
}
