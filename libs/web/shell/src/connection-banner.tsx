"use client";

import { useConnection } from "@runweir/web-trpc-client";

/** Says that the pages stand still; disappears by itself. */
export function ConnectionBanner() {
  const lost = useConnection() === "lost";
  return (
    <div role="status" className="shrink-0">
      {lost && (
        <p className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-sm text-warn">
          <span aria-hidden className="animate-shimmer size-2 rounded-full bg-current" />
          The server does not answer; trying again. What you see is from before. Clients that log keep their
          points and send them again.
        </p>
      )}
    </div>
  );
}
