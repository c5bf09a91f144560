"use client";

import { useSyncExternalStore } from "react";
import { formatAgo, formatDuration, formatInstant } from "./format-time.ts";
import { useNow } from "./use-now.ts";

/** "3 min ago", kept current, with the full instant on hover. `at` is in milliseconds since 1970. */
export function RelativeTime({ at, className }: { readonly at: number; readonly className?: string }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatInstant(at)} className={className}>
      {now === 0 ? "" : formatAgo(at, now)}
    </time>
  );
}

/** How long from `from` to `to`; without `to` it is still going on and counts up. */
export function Duration({
  from,
  to,
  className,
}: {
  readonly from: number;
  readonly to?: number | null | undefined;
  readonly className?: string;
}) {
  if (to === undefined || to === null) return <RunningDuration from={from} className={className} />;
  return (
    <span className={className} title={`${(to - from).toLocaleString("en-US")} ms`}>
      {formatDuration(to - from)}
    </span>
  );
}

function RunningDuration({
  from,
  className,
}: {
  readonly from: number;
  readonly className: string | undefined;
}) {
  const now = useNow();
  const shown = useHydrated() ? formatDuration(Math.max(0, now - from)) : "";
  return (
    <span className={className} title={`since ${formatInstant(from)}`}>
      {shown}
    </span>
  );
}

function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
