"use client";

import { useConnection } from "@runweir/web-trpc-client";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";

/** How long it says that the server is back, in milliseconds. */
const backFor = 4_000;

/** Says that the pages stand still, and that they move again. */
export function ConnectionBanner() {
  const connection = useConnection();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (connection === "lost") return setLost(true);
    if (!lost) return;
    const timer = setTimeout(() => setLost(false), backFor);
    return () => clearTimeout(timer);
  }, [connection, lost]);
  return (
    <div role="status" className="shrink-0">
      {connection === "lost" && (
        <p className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-sm text-warn">
          <span aria-hidden className="animate-shimmer size-2 shrink-0 rounded-full bg-current" />
          <span>
            The server does not answer; trying again. What you see is from before. MLflow clients repeat what
            they could not send.
          </span>
        </p>
      )}
      {connection === "connected" && lost && (
        <p className="flex items-center gap-2 border-b border-line bg-ok-soft px-4 py-1 text-sm text-ok">
          <Check aria-hidden className="size-3 shrink-0" strokeWidth={3} />
          The server is back; everything here is current again.
        </p>
      )}
    </div>
  );
}
