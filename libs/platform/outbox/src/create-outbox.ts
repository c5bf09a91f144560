import { type Background, keepWorking } from "@runweir/background";
import { type Database, listen } from "@runweir/postgres";
import { pruneEvents } from "./prune-events.ts";
import { addReader, type HandleEvents, readEvents } from "./read-events.ts";

const channel = "runweir_outbox";
const readAtOnce = 500;
/** Without a word from the database, for when the word was lost. */
const restMs = 15_000;
const pruneEveryMs = 600_000;
const keptMs = 7 * 86_400_000;

export interface Outbox {
  /**
   * Reads under a name from now on: what is committed is handed to `handle`, in order, by one process at a time. What it
   * throws is told, and the same events come again. `onHandled` hears of it once that is committed.
   */
  follow(reader: string, handle: HandleEvents, onHandled?: () => void): void;
  /** Resolves when what was begun has ended. */
  close(): Promise<void>;
}

/** Any number of processes may follow one database under the same names. One connection listens for all readers. */
export function createOutbox(options: {
  readonly database: Database;
  readonly clock: { now(): number };
  onError(message: string, error: unknown): void;
}): Outbox {
  const { database, clock, onError } = options;
  const readers: Background[] = [];
  let connection: { close(): void } | undefined;

  const wakeReaders = (): void => {
    for (const reader of readers) reader.wake();
  };
  const listening = keepWorking({
    async work() {
      if (connection !== undefined) return undefined;
      connection = await listen(database, channel, wakeReaders, (error) => {
        connection = undefined;
        onError("The connection that listens for events broke; it connects again.", error);
        listening.wake();
      });
      // What was committed before somebody listened.
      wakeReaders();
      return undefined;
    },
    restMs,
    onError: (error) => onError("Nobody can listen for events at the moment.", error),
  });
  const pruning = keepWorking({
    async work(signal) {
      await pruneEvents(database, { before: clock.now() - keptMs, signal });
      return undefined;
    },
    restMs: pruneEveryMs,
    onError: (error) => onError("Old events could not be pruned.", error),
  });

  return {
    follow(reader, handle, onHandled) {
      let isKnown = false;
      const reading = keepWorking({
        async work(signal) {
          if (!isKnown) await addReader(database, reader);
          isKnown = true;
          for (let read = readAtOnce; read > 0 && !signal.aborted; ) {
            read = await readEvents(database, reader, { handle, limit: readAtOnce });
            if (read > 0) onHandled?.();
          }
          return undefined;
        },
        restMs,
        onError: (error) => onError(`${reader} could not take its events; they come again.`, error),
      });
      readers.push(reading);
    },
    async close() {
      await Promise.all([listening, pruning, ...readers].map((work) => work.stop()));
      connection?.close();
    },
  };
}
