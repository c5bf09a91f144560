"use client";

import { useSyncExternalStore } from "react";
import { keep, readKept } from "./kept-text.ts";

export type ThemeMode = "system" | "light" | "dark";
export type Theme = "light" | "dark";

const storageKey = "runweir.theme";
const listeners = new Set<() => void>();

/**
 * Runs in the document's head before anything is painted, so no page flashes in the wrong colours. It also follows the
 * system while the choice is "system", and other tabs.
 */
export const themeScript = `(()=>{const k=${JSON.stringify(storageKey)},q=matchMedia("(prefers-color-scheme: dark)"),d=document.documentElement;const set=()=>{let m="system";try{m=localStorage.getItem(k)||m}catch{}d.dataset.theme=m==="dark"||(m!=="light"&&q.matches)?"dark":"light"};set();q.addEventListener("change",set);addEventListener("storage",e=>{if(e.key===k)set()})})()`;

/** The reader's choice; the setter keeps it for every zone of this origin. */
export function useThemeMode(): readonly [ThemeMode, (mode: ThemeMode) => void] {
  return [useSyncExternalStore(listen, readMode, () => "system" as const), setThemeMode];
}

/** The theme in force, told again when it changes; for canvases, which cannot use CSS variables. */
export function useTheme(): Theme {
  return useSyncExternalStore(listen, readTheme, () => "light" as const);
}

export function setThemeMode(mode: ThemeMode): void {
  keep(storageKey, mode);
  const dark = mode === "dark" || (mode === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  for (const tell of listeners) tell();
}

let observer: MutationObserver | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => {
      for (const tell of listeners) tell();
    });
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}

function readMode(): ThemeMode {
  const stored = readKept(storageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function readTheme(): Theme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}
