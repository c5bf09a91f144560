"use client";

import type { Change } from "@runweir/tracking-trpc";
import { usePageVisible } from "@runweir/web-ui";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTrackingApi } from "../tracking-api.ts";

/** Milliseconds between two calls; the first of a series comes at once. */
const pause = 300;

/**
 * Calls back with what changed, merged; with an empty list when anything may have changed (the connection was just made, or
 * made again, or there was too much to list). Rests while the tab is hidden: browsers allow six connections to a server, over all tabs.
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
  const waiting = useRef<readonly Change[]>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = () => {
    timer.current = undefined;
    const changes = waiting.current;
    if (changes === undefined) return;
    waiting.current = undefined;
    timer.current = setTimeout(flush, pause);
    latest.current(changes);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useSubscription(
    api.changes.subscriptionOptions(filter, {
      enabled: visible,
      onData: (changes) => {
        const before = waiting.current ?? changes;
        const anything = before.length === 0 || changes.length === 0;
        waiting.current = anything ? [] : before === changes ? changes : [...before, ...changes];
        timer.current ??= setTimeout(flush, 0);
      },
    }),
  );
}
