"use client";

import { useEffect, useState } from "react";

const prefix = "runweir review draft ";

/**
 * What somebody is writing, kept in their browser until it is sent: a reload or a closed tab loses nothing. `initial` is what they
 * began with.
 */
export function useDraft(key: string, initial = "") {
  const [text, setText] = useState(initial);
  // What it began with may change while somebody writes; what they write stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setText(localStorage.getItem(prefix + key) ?? initial), [key]);
  const write = (next: string) => {
    setText(next);
    try {
      if (next === initial) localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, next);
    } catch {
      // Private windows may have no room; the text is still in the box.
    }
  };
  return { text, setText: write, clear: () => write(initial) };
}
