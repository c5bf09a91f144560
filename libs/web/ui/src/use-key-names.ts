"use client";

import { useSyncExternalStore } from "react";
import { showKeys } from "./show-keys.ts";

const never = () => () => undefined;

/** `showKeys` for what is also drawn on the server, which cannot know the reader's keyboard. */
export function useKeyNames(keys: string): string {
  return useSyncExternalStore(
    never,
    () => showKeys(keys),
    () => showKeys(keys, false),
  );
}
