"use client";

import { useEffect, useState } from "react";

const prefix = "runweir review draft ";

/** What somebody is writing, kept in their browser until it is sent: a reload or a closed tab loses nothing. */
export function useDraft(key: string) {
  const [text, setText] = useState("");
  useEffect(() => setText(localStorage.getItem(prefix + key) ?? ""), [key]);
  const write = (next: string) => {
    setText(next);
    try {
      if (next === "") localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, next);
    } catch {
      // Private windows may have no room; the text is still in the box.
    }
  };
  return { text, setText: write, clear: () => write("") };
}
