"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** What changes in the address; undefined takes the parameter out. */
export type AddressPatch = Readonly<Record<string, string | undefined>>;

export interface Address {
  get(name: string): string | undefined;
  /** "push" makes a step that Back undoes; "replace" is for what changes while one looks (a zoom, a selection). */
  set(patch: AddressPatch, how?: "push" | "replace"): void;
}

/** The address bar is the state of a page: what is set here survives a reload and can be sent to a colleague. */
export function useAddress(): Address {
  const params = useSearchParams();
  const set = useCallback((patch: AddressPatch, how: "push" | "replace" = "push") => {
    // From the address itself, so that two changes in one event do not undo each other.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(patch)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    const url = `${window.location.pathname}${query === "" ? "" : `?${query}`}`;
    if (url === `${window.location.pathname}${window.location.search}`) return;
    // Next.js follows the browser's own history calls and renders again, without asking its server.
    if (how === "push") window.history.pushState(null, "", url);
    else window.history.replaceState(null, "", url);
  }, []);
  return { get: (name) => params.get(name) ?? undefined, set };
}
