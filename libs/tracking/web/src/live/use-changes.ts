"use client";

import type { Change } from "@runweir/tracking-trpc";
import { usePageVisible } from "@runweir/web-ui";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTrackingApi } from "../tracking-api.ts";

/** Milliseconds between two calls; the first of a series comes at once. */
const pause = 300;

/**
 * Calls back with what changed, merged; with an empty list when changes may have been missed (the connection was just
 * made, or made again). Rests while the tab is hidden: browsers allow six connections to a server, over all tabs.
 */
export function useChanges(
  filter: { readonly experimentId?: string; readonly runId?: string },
  onChanges: (changes: readonly Change[]) => void,
): void {
  const api = useTrackingApi();
  const visible = usePageVisible();
  const latest = useRef(onChanges);
  useEffect(() => {
    latest.current = onChanges;
  });
  const waiting = useRef<Change[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = () => {
    timer.current = undefined;
    if (waiting.current.length === 0) return;
    const changes = waiting.current;
    waiting.current = [];
    timer.current = setTimeout(flush, pause);
    latest.current(changes);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useSubscription(
    api.changes.subscriptionOptions(filter, {
      enabled: visible,
      onStarted: () => latest.current([]),
      onData: (change) => {
        waiting.current.push(change);
        timer.current ??= setTimeout(flush, 0);
      },
    }),
  );
}
