"use client";

import { useSyncExternalStore } from "react";

/** Whether the tab is in front; what only the eye needs can rest while it is not. */
export function usePageVisible(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    () => document.visibilityState === "visible",
    () => true,
  );
}
