"use client";

/** What the browser keeps under a key. Undefined for nothing, and where it may keep nothing at all. */
export function readKept(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text over reloads, or forgets it. A browser may refuse, or be full: what is kept lasts as long as the page then. */
export function keep(key: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Full or forbidden.
  }
}
