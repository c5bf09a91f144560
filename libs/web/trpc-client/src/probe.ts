"use client";

import { useEffect } from "react";
import { reportConnection, useConnection } from "./connection.ts";

const firstDelay = 1_000;
const delayMax = 10_000;

/** While the server is away, asks it now and then whether it is back, so that an idle page recovers on its own. */
export function useProbe(): void {
  const lost = useConnection() === "lost";
  useEffect(() => {
    if (!lost) return;
    const abort = new AbortController();
    let delay = firstDelay;
    let timer: ReturnType<typeof setTimeout>;
    const probe = async () => {
      try {
        const response = await fetch("/health", { signal: abort.signal, cache: "no-store" });
        if (response.ok) reportConnection("connected");
      } catch {
        // Still away; the next probe says more.
      }
      if (abort.signal.aborted) return;
      delay = Math.min(delay * 1.5, delayMax);
      timer = setTimeout(() => void probe(), delay);
    };
    timer = setTimeout(() => void probe(), delay);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [lost]);
}
