import type { Database } from "@runweir/postgres";
import type { Change, ChangeFeed } from "@runweir/tracking-domain";
import { changeChannel, type WorkspaceChange } from "../announce-change.ts";

type Filter = Parameters<ChangeFeed["subscribe"]>[0];

interface Subscriber {
  readonly filter: Filter;
  readonly listener: (change: Change) => void;
}

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
  const subscribers = new Set<Subscriber>();
  let closed = false;
  let connection: Promise<{ close(): void }> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let pause = 250;

  function deliver(payload: string | undefined): void {
    if (!payload) return;
    const { workspace, change } = JSON.parse(payload) as WorkspaceChange;
    for (const { filter, listener } of subscribers)
      if (filter.workspace === workspace && concerns(filter, change)) listener(change);
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
      if (again) for (const { filter, listener } of subscribers) listener(anyChange(filter));
    }, onBreak);
  }

  return {
    subscribe(filter, listener, signal) {
      if (closed || signal.aborted) return;
      const subscriber = { filter, listener };
      subscribers.add(subscriber);
      signal.addEventListener("abort", () => subscribers.delete(subscriber), { once: true });
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

function concerns(filter: Filter, change: Change): boolean {
  if (filter.experimentId !== undefined && filter.experimentId !== change.experimentId) return false;
  if (filter.runId === undefined) return true;
  return "runId" in change ? change.runId === filter.runId : change.kind === "experiment";
}

/** Stands for whatever was missed: the listener asks anew for all it shows. */
function anyChange({ experimentId = "", runId }: Filter): Change {
  return runId === undefined ? { kind: "experiment", experimentId } : { kind: "run", experimentId, runId };
}
