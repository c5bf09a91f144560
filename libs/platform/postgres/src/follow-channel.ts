import type { Database } from "./database.ts";
import { listen } from "./listen.ts";

const firstPauseMs = 250;
const longestPauseMs = 5_000;

export interface ChannelFollower {
  /** Connects, unless it is connected or about to be. */
  open(): void;
  close(): Promise<void>;
}

/** Listens to a channel for as long as somebody wants to hear, and connects again after breaks. */
export function followChannel(options: {
  readonly database: Database;
  readonly channel: string;
  isWanted(): boolean;
  onPayload(payload: string): void;
  /** What happened before now may not have been heard: the connection has just been made, for the first time or again. */
  onGap(): void;
  readonly onError?: ((error: unknown) => void) | undefined;
}): ChannelFollower {
  const { database, channel, isWanted, onPayload, onGap, onError } = options;
  let closed = false;
  let connection: Promise<{ close(): void }> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let pause = firstPauseMs;

  function onBreak(error: unknown): void {
    connection = undefined;
    if (closed) return;
    onError?.(error);
    retry ??= setTimeout(() => {
      retry = undefined;
      open();
    }, pause).unref();
    pause = Math.min(longestPauseMs, pause * 2);
  }

  function open(): void {
    if (closed || connection || !isWanted()) return;
    connection = listen(
      database,
      channel,
      (payload) => {
        if (payload) onPayload(payload);
      },
      onBreak,
    );
    connection.then(() => {
      pause = firstPauseMs;
      onGap();
    }, onBreak);
  }

  return {
    open,
    async close() {
      closed = true;
      clearTimeout(retry);
      const present = await connection?.catch(() => undefined);
      present?.close();
    },
  };
}
