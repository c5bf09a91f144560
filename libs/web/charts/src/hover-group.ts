"use client";

import { useCallback, useSyncExternalStore } from "react";

/** Where the reader points, in the unit of the x axis; `source` is the chart pointed at. */
export interface Hover {
  readonly x: number;
  readonly source: string;
  /** Pixels from the plot's top in the source chart; undefined when moved by keys. */
  readonly y: number | undefined;
}

interface Group {
  hover: Hover | undefined;
  readonly listeners: Set<() => void>;
  frame: number | undefined;
}

const groups = new Map<string, Group>();

function groupOf(name: string): Group {
  const found = groups.get(name);
  if (found) return found;
  const made: Group = { hover: undefined, listeners: new Set(), frame: undefined };
  groups.set(name, made);
  return made;
}

/** Shows the same x in all charts of the group, at most once per frame. */
export function setHover(name: string, hover: Hover | undefined): void {
  const group = groupOf(name);
  group.hover = hover;
  group.frame ??= requestAnimationFrame(() => {
    group.frame = undefined;
    for (const tell of group.listeners) tell();
  });
}

export function useHover(name: string): Hover | undefined {
  const subscribe = useCallback(
    (listener: () => void) => {
      const group = groupOf(name);
      group.listeners.add(listener);
      return () => {
        group.listeners.delete(listener);
        if (group.listeners.size === 0) groups.delete(name);
      };
    },
    [name],
  );
  return useSyncExternalStore(
    subscribe,
    () => groupOf(name).hover,
    () => undefined,
  );
}
