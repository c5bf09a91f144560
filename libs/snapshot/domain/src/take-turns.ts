/**
 * Work on one thing at a time, whoever asks: one turn after the other per key. Whoever asks while a turn waits to begin
 * shares it, since it will see all that they have seen.
 */
export function takeTurns<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<T>>();
  return (key) => {
    const shared = waiting.get(key);
    if (shared) return shared;
    const turn = (last.get(key) ?? Promise.resolve()).then(() => {
      waiting.delete(key);
      return work(key);
    });
    waiting.set(key, turn);
    const over = turn
      .catch(() => {})
      .then(() => {
        if (last.get(key) === over) last.delete(key);
      });
    last.set(key, over);
    return turn;
  };
}
