"use client";

import { useEffect, useRef } from "react";

/** What had the focus on the page itself when the first of the open dialogs came. */
let onPage: HTMLElement | undefined;

/**
 * Gives the focus back where it was when a dialog closes. Radix does so only for dialogs with a trigger of their own;
 * ours are also opened by keys, by menus, and by one another. It does so with the change that closes the dialog: Radix
 * waits for a timer, and a key that is typed before that would be meant for another place than the one it reaches.
 */
export function useFocusReturn(open: boolean): {
  /** When the dialog opens, before it takes the focus. */
  remember(): void;
  /** For Radix's `onCloseAutoFocus`. */
  keepGiven(event: Event): void;
} {
  const before = useRef<HTMLElement>(undefined);
  useEffect(() => {
    if (!open) return;
    return () => {
      [before.current, onPage].find((element) => element?.isConnected)?.focus();
      before.current = undefined;
      if (!document.querySelector("[role=dialog][data-state=open]")) onPage = undefined;
    };
  }, [open]);
  return {
    remember() {
      before.current = whereFocusIs();
      if (before.current && !before.current.closest("[role=dialog]")) onPage = before.current;
    },
    keepGiven(event) {
      event.preventDefault();
    },
  };
}

function whereFocusIs(): HTMLElement | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body) return undefined;
  // A menu is gone by then; its button stays.
  const button = active.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return (button && document.getElementById(button)) || active;
}
