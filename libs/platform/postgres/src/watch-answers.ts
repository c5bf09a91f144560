import type pg from "pg";

/** What a connection fails with whose server says nothing. */
export class Unanswered extends Error {
  constructor(limitMs: number) {
    super(`The database has said nothing for ${limitMs} ms: timeout.`);
  }
}

const lookMs = 1_000;

/**
 * Gives up connections whose server (gone without a word, behind a network that swallows everything) leaves a statement unanswered.
 *
 * One clock for all of them: pg's own `query_timeout` sets a timer per statement, and what that holds (the statement, its rows) outlives
 * collections of young objects. At 2,000 statements a second each collection took 5 to 10 ms for it, and every request beside waited.
 */
export function watchAnswers(limitMs: number) {
  const waiting = new Map<pg.ClientBase, number>();
  const clock = setInterval(() => {
    const now = performance.now();
    for (const [client, since] of waiting)
      if (now - since > limitMs) {
        waiting.delete(client);
        streamOf(client).destroy(new Unanswered(limitMs));
      }
  }, lookMs);
  clock.unref();
  return {
    /** From its first statement on. */
    watch(client: pg.ClientBase): void {
      const ask = client.query.bind(client) as (...asked: unknown[]) => unknown;
      client.query = ((...asked: unknown[]) => {
        waiting.set(client, performance.now());
        return ask(...asked);
      }) as typeof client.query;
      const rest = () => waiting.delete(client);
      // All that was asked of it is answered.
      client.on("drain", rest);
      client.on("end", rest);
    },
    stop: () => clearInterval(clock),
  };
}

/** pg's types do not know of it; its pool ends connections by it too. */
function streamOf(client: pg.ClientBase): { destroy(error: Error): void } {
  return (client as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection.stream;
}
