"use client";

import { useRef } from "react";

/** What had the focus on the page itself when the first of the open dialogs came. */
let onPage: HTMLElement | undefined;

/**
 * Gives the focus back where it was when a dialog closes. Radix does so only for dialogs with a trigger of their own;
 * ours are also opened by keys, by menus, and by one another.
 */
export function useFocusReturn(): {
  /** When the dialog opens, before it takes the focus. */
  remember(): void;
  /** For Radix's `onCloseAutoFocus`. */
  giveBack(event: Event): void;
} {
  const before = useRef<HTMLElement>(undefined);
  return {
    remember() {
      before.current = whereFocusIs();
      if (before.current && !before.current.closest("[role=dialog]")) onPage = before.current;
    },
    giveBack(event) {
      event.preventDefault();
      [before.current, onPage].find((element) => element?.isConnected)?.focus();
      if (!document.querySelector("[role=dialog]")) onPage = undefined;
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
