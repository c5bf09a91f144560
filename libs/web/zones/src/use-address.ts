"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";

/** What changes in the address; undefined takes the parameter out. */
export type AddressPatch = Readonly<Record<string, string | undefined>>;

export interface Address {
  get(name: string): string | undefined;
  /** "push" makes a step that Back undoes; "replace" is for what changes while one looks (a zoom, a selection). */
  set(patch: AddressPatch, how?: "push" | "replace"): void;
}

/** The address bar is the state of a page: what is set here survives a reload and can be sent to a colleague. */
export function useAddress(): Address {
  // Next.js tells of its own navigations, though of changes only some time later, in a transition: too late for a
  // checkbox. So the address itself is read.
  const navigated = useSearchParams();
  const query = useSyncExternalStore(
    listen,
    () => window.location.search,
    () => `?${navigated}`,
  );
  return useMemo(() => {
    const params = new URLSearchParams(query);
    return { get: (name) => params.get(name) ?? undefined, set: setAddress };
  }, [query]);
}

const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

function setAddress(patch: AddressPatch, how: "push" | "replace" = "push"): void {
  // From the address itself, so that two changes in one event do not undo each other.
  const next = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const query = next.size === 0 ? "" : `?${next}`;
  if (query === window.location.search) return;
  const url = window.location.pathname + query;
  // Next.js follows the browser's own history calls, without asking its server.
  if (how === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  for (const tell of listeners) tell();
}
