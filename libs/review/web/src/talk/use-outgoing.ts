"use client";

import { describeError } from "@runweir/web-trpc-client";
import { keep, randomId, readKept } from "@runweir/web-ui";
import { useSyncExternalStore } from "react";

/** Something that was said and that the server does not know of yet. */
export interface Outgoing {
  /** The server knows by it what was sent before, when only the answer was lost. */
  readonly id: string;
  readonly body: string;
  /** `unknown`: the page went away while it was sent. */
  readonly state: "sending" | "failed" | "unknown";
  readonly problem?: string | undefined;
}

const prefix = "runweir review unsent ";
const none: readonly Outgoing[] = [];
/** By key. Here and not in a component: what is sent goes on while somebody looks at another tab. */
const held = new Map<string, readonly Outgoing[]>();
const listeners = new Set<() => void>();

/** Shows at once what is said, and keeps it, also over a reload, until the server has it or its writer lets it go. */
export function useOutgoing(
  key: string,
  send: (comment: { readonly body: string; readonly idempotencyKey: string }) => Promise<unknown>,
) {
  const outgoing = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => none,
  );
  const transmit = async ({ id, body }: Pick<Outgoing, "id" | "body">) => {
    write(key, [...read(key).filter((one) => one.id !== id), { id, body, state: "sending" }]);
    const rest = () => read(key).filter((one) => one.id !== id);
    try {
      await send({ body, idempotencyKey: id });
      write(key, rest());
    } catch (error) {
      write(key, [...rest(), { id, body, state: "failed", problem: describeError(error).message }]);
    }
  };
  return {
    outgoing,
    post: (body: string) => void transmit({ id: randomId(), body }),
    sendAgain: (one: Outgoing) => void transmit(one),
    discard: (one: Outgoing) =>
      write(
        key,
        read(key).filter(({ id }) => id !== one.id),
      ),
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(key: string): readonly Outgoing[] {
  const known = held.get(key);
  if (known) return known;
  const kept = readKept(prefix + key);
  const items = kept === undefined ? none : revive(kept);
  held.set(key, items);
  return items;
}

function write(key: string, items: readonly Outgoing[]): void {
  held.set(key, items);
  keep(prefix + key, items.length === 0 ? undefined : JSON.stringify(items));
  for (const listener of listeners) listener();
}

function revive(kept: string): readonly Outgoing[] {
  try {
    return (JSON.parse(kept) as readonly Outgoing[]).map((one) =>
      one.state === "sending" ? { ...one, state: "unknown" } : one,
    );
  } catch {
    return none;
  }
}
