"use client";

import { type RefObject, useRef } from "react";
import { useHotkey } from "./hotkeys.ts";

/**
 * j and k move the focus through the links of a list's rows, so that Enter opens where one is; where a row has none, to
 * its first button. Rows carry `data-row` with their index.
 */
export function useListKeys(list: {
  readonly ref: RefObject<HTMLElement | null>;
  readonly count: number;
  /** "run": for the help's words. */
  readonly noun: string;
  /** Brings a row into view, for lists that draw only what is seen. */
  reveal?(index: number): void;
}): { focused(): number } {
  const last = useRef(-1);
  const focused = () => {
    const row = document.activeElement?.closest<HTMLElement>("[data-row]");
    return row && list.ref.current?.contains(row) ? Number(row.dataset.row) : -1;
  };
  const focusRow = (index: number) => {
    const row = list.ref.current?.querySelector(`[data-row="${index}"]`);
    const link = row?.querySelector<HTMLElement>("a") ?? row?.querySelector<HTMLElement>("button");
    link?.focus({ preventScroll: list.reveal !== undefined });
    return link != null;
  };
  const move = (by: number) => {
    if (list.count === 0) return;
    const here = focused();
    const next = Math.max(0, Math.min(list.count - 1, (here === -1 ? last.current : here) + by));
    last.current = next;
    list.reveal?.(next);
    // A row that is far away is drawn in the next frame.
    if (!focusRow(next)) requestAnimationFrame(() => focusRow(next));
  };
  useHotkey("j", `Next ${list.noun}`, () => move(1));
  useHotkey("k", `Previous ${list.noun}`, () => move(-1));
  return { focused };
}
