import { type Database, followChannel } from "@runweir/postgres";
import type { ChangeFeed } from "@runweir/tracking-domain";
import { changeChannel, type WorkspaceChange } from "../announce-change.ts";
import { createFanOut } from "./fan-out.ts";

/**
 * Hears of every process's changes over one connection, held from the first listener on. After a break every listener
 * is told that something may have changed, so nothing stays unseen.
 */
export function createChangeFeed(options: {
  readonly database: Database;
  readonly onError?: ((error: unknown) => void) | undefined;
}): ChangeFeed & { close(): Promise<void> } {
  const subscribers = createFanOut();
  let closed = false;
  const channel = followChannel({
    ...options,
    channel: changeChannel,
    isWanted: () => subscribers.size > 0,
    onPayload: (payload) => subscribers.deliver(JSON.parse(payload) as WorkspaceChange),
    // What happened while the connection was being made must not stay unseen.
    onGap: () => subscribers.deliverAny(),
  });

  return {
    subscribe(filter, listener, signal) {
      if (closed || signal.aborted) return;
      const subscriber = { filter, listener };
      subscribers.add(subscriber);
      signal.addEventListener("abort", () => subscribers.remove(subscriber), { once: true });
      channel.open();
    },
    async close() {
      closed = true;
      subscribers.clear();
      await channel.close();
    },
  };
}
