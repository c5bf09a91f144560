"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Hotkey {
  /** `/`, `j`, `?`, or with the command key `mod+k` (Cmd on a Mac, Ctrl elsewhere). */
  readonly keys: string;
  /** For the help that `?` opens. */
  readonly description: string;
}

interface Registered extends Hotkey {
  readonly run: (event: KeyboardEvent) => void;
}

let registered: readonly Registered[] = [];
const listeners = new Set<() => void>();
const none: readonly Hotkey[] = [];

/**
 * A key of the page while the component is mounted. Plain keys rest while somebody types or a dialog is open; of two
 * with the same key the one mounted last wins.
 */
export function useHotkey(keys: string, description: string, run: (event: KeyboardEvent) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const entry: Registered = { keys, description, run: (event) => latest.current(event) };
    change([...registered, entry]);
    return () => change(registered.filter((other) => other !== entry));
  }, [keys, description]);
}

/** All keys of the page now, for the help. */
export function useHotkeys(): readonly Hotkey[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
    () => none,
  );
}

export function matchesHotkey(
  keys: string,
  event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey">,
): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const mod = parts.includes("mod");
  if (event.altKey || (event.metaKey || event.ctrlKey) !== mod) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

function change(next: readonly Registered[]): void {
  if (registered.length === 0 && next.length > 0) window.addEventListener("keydown", onKeyDown);
  if (next.length === 0) window.removeEventListener("keydown", onKeyDown);
  registered = next;
  for (const tell of listeners) tell();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const plain = !event.metaKey && !event.ctrlKey;
  if (plain && (isTyping(event.target) || document.querySelector("[role=dialog],[role=menu],[role=listbox]")))
    return;
  const found = registered.findLast(({ keys }) => matchesHotkey(keys, event));
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
