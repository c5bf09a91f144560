"use client";

import { useRefresher } from "@runweir/web-trpc-client";
import { usePageVisible } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTrackingApi } from "../tracking-api.ts";

/** Milliseconds in which changes are gathered before the lists are asked for again. */
const gather = 400;

/** Keeps the home page's lists current. Changes carry no data, so what is shown is asked for again. */
export function useLiveUpdates(): void {
  const api = useTrackingApi();
  const queryClient = useQueryClient();
  const visible = usePageVisible();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = useRefresher(() =>
    Promise.all([
      queryClient.invalidateQueries(api.experiments.search.pathFilter()),
      queryClient.invalidateQueries(api.runs.search.pathFilter()),
      queryClient.invalidateQueries(api.runs.count.pathFilter()),
    ]),
  );
  useSubscription(
    api.changes.subscriptionOptions(
      {},
      {
        // Browsers allow six connections to a server over all tabs; those in the back give theirs up.
        enabled: visible,
        onData: (changes) => {
          // It begins with none: what happened while nobody listened is not replayed. New points and models change no line of this page.
          const changesNothing = changes.every(({ kind }) => kind === "metrics" || kind === "model");
          if ((changes.length > 0 && changesNothing) || timer.current !== undefined) return;
          timer.current = setTimeout(() => {
            timer.current = undefined;
            ask();
          }, gather);
        },
      },
    ),
  );
}
