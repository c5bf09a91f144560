"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { useCallback, useEffect, useMemo, useRef } from "react";

export interface RunSelection {
  readonly size: number;
  has(runId: string): boolean;
  set(runIds: readonly string[]): void;
  /** `range`: everything from the one chosen last to this one. */
  toggle(runId: string, range: boolean): void;
}

export function useSelection(
  selected: readonly string[],
  setSelected: (runIds: readonly string[]) => void,
  runs: readonly WireRun[] | undefined,
): RunSelection {
  const chosen = useMemo(() => new Set(selected), [selected]);
  const latest = useRef({ selected, setSelected, runs });
  useEffect(() => {
    latest.current = { selected, setSelected, runs };
  });
  const anchor = useRef<string>(undefined);
  const toggle = useCallback((runId: string, range: boolean) => {
    const now = latest.current;
    const from = range ? anchor.current : undefined;
    anchor.current = runId;
    if (from !== undefined && now.runs !== undefined) {
      const between = idsBetween(now.runs, from, runId);
      return now.setSelected([...new Set([...now.selected, ...between])]);
    }
    now.setSelected(
      now.selected.includes(runId) ? now.selected.filter((id) => id !== runId) : [...now.selected, runId],
    );
  }, []);
  return {
    size: chosen.size,
    has: (runId) => chosen.has(runId),
    set: setSelected,
    toggle,
  };
}

function idsBetween(runs: readonly WireRun[], from: string, to: string): readonly string[] {
  const ids = runs.map(({ info }) => info.runId);
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  return a === -1 || b === -1 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
