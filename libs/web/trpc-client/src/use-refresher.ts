"use client";

import { useRef } from "react";

/**
 * Asks again, one question at a time: what happens while an answer is under way is asked about once it is there. So a
 * busy server is never asked faster than it answers, and the last change is always seen.
 */
export function useRefresher(ask: () => Promise<unknown>): () => void {
  const state = useRef({ asking: false, again: false });
  const refresh = async () => {
    if (state.current.asking) {
      state.current.again = true;
      return;
    }
    state.current = { asking: true, again: false };
    try {
      await ask();
    } finally {
      const { again } = state.current;
      state.current = { asking: false, again: false };
      if (again) void refresh();
    }
  };
  return () => void refresh();
}
