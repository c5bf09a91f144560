"use client";

import { useSyncExternalStore } from "react";

/** Whether the server was there when last asked. */
export type Connection = "connected" | "lost";

let connection: Connection = "connected";
const listeners = new Set<() => void>();
const restored = new Set<() => void>();

/** Told by the links with each answer, and each answer that did not come. */
export function reportConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const tell of listeners) tell();
  if (next === "connected") for (const tell of restored) tell();
}

/** Calls back whenever the server is there again after having been away. */
export function onConnectionRestored(listener: () => void): () => void {
  restored.add(listener);
  return () => restored.delete(listener);
}

export function onConnectionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readConnection(): Connection {
  return connection;
}

/** For the frame's banner, and for pages that say "live" only while they are. */
export function useConnection(): Connection {
  return useSyncExternalStore(onConnectionChange, readConnection, () => "connected" as const);
}
