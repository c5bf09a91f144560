"use client";

import { useSyncExternalStore } from "react";

/** The address the reader came by, which is the one clients can use too. */
export function useOrigin(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "",
  );
}
