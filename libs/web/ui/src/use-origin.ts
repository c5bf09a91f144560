"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** The address the reader came by, which is the one clients can use too. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "",
  );
}
