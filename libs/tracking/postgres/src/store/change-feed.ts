import type { Database } from "@runweir/postgres";
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
    connection = listen(database, deliver, onBreak);
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

async function listen(
  database: Database,
  onPayload: (payload: string | undefined) => void,
  onBreak: (error: unknown) => void,
): Promise<{ close(): void }> {
  const client = await database.pool.connect();
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    client.removeAllListeners("notification");
    // Destroyed rather than given back: a pooled connection must not go on listening.
    client.release(true);
  };
  client.on("error", (error) => {
    if (!open) return;
    close();
    onBreak(error);
  });
  client.on("notification", (message) => onPayload(message.payload));
  try {
    await client.query(`LISTEN ${changeChannel}`);
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}
