"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the page's code runs in this part of it: false on the server, and for the first drawing, which has to be the server's. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
