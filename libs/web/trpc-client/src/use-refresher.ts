"use client";

import { useEffect, useRef, useState } from "react";
import { createRefresher } from "./create-refresher.ts";

/**
 * Call it when something has changed: it asks again, never faster than the server answers, and rests after each answer
 * (`createRefresher`), at least for `leastRestMs`.
 */
export function useRefresher(ask: () => Promise<unknown>, leastRestMs = 0): () => void {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const [refresher] = useState(() => createRefresher(() => latest.current(), leastRestMs));
  useEffect(() => () => refresher.stop(), [refresher]);
  return refresher.refresh;
}
