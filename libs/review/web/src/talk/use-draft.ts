"use client";

import { keep, readKept } from "@runweir/web-ui";
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
  useEffect(() => setText(readKept(prefix + key) ?? initial), [key]);
  const write = (next: string) => {
    setText(next);
    keep(prefix + key, next === initial ? undefined : next);
  };
  return { text, setText: write, clear: () => write(initial) };
}
