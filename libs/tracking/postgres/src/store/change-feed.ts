import { type Database, listen } from "@runweir/postgres";
import type { ChangeFeed } from "@runweir/tracking-domain";
import { changeChannel, type WorkspaceChange } from "../announce-change.ts";
import { createFanOut } from "./fan-out.ts";

const longestPause = 5_000;

/**
 * Hears of every process's changes over one connection, held from the first listener on. After a break every listener
 * is told that something may have changed, so nothing stays unseen.
 */
export function createChangeFeed(options: {
  readonly database: Database;
  readonly onError?: ((error: unknown) => void) | undefined;
}): ChangeFeed & { close(): Promise<void> } {
  const { database } = options;
  const subscribers = createFanOut();
  let closed = false;
  let connection: Promise<{ close(): void }> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let pause = 250;

  function deliver(payload: string | undefined): void {
    if (!payload) return;
    subscribers.deliver(JSON.parse(payload) as WorkspaceChange);
  }

  function onBreak(error: unknown): void {
    connection = undefined;
    if (closed) return;
    options.onError?.(error);
    retry ??= setTimeout(() => {
      retry = undefined;
      connect(true);
    }, pause).unref();
    pause = Math.min(longestPause, pause * 2);
  }

  function connect(again: boolean): void {
    if (closed || connection || subscribers.size === 0) return;
    connection = listen(database, changeChannel, deliver, onBreak);
    connection.then(() => {
      pause = 250;
      if (again) subscribers.deliverAny();
    }, onBreak);
  }

  return {
    subscribe(filter, listener, signal) {
      if (closed || signal.aborted) return;
      const subscriber = { filter, listener };
      subscribers.add(subscriber);
      signal.addEventListener("abort", () => subscribers.remove(subscriber), { once: true });
      // What happened while the connection was being made must not stay unseen.
      connect(true);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      subscribers.clear();
      const open = await connection?.catch(() => undefined);
      open?.close();
    },
  };
}
