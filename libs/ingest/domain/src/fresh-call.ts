/**
 * Shares one call among all who ask while none has begun: everybody gets the result of a call that began after they
 * asked, and at most one is under way. For questions whose answer must not be older than the question.
 */
export function createFreshCall<T>(call: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | undefined;
  let next: Promise<T> | undefined;
  return () => {
    next ??= (async () => {
      await running?.catch(() => {});
      const begun = call();
      running = begun;
      next = undefined;
      return begun;
    })();
    return next;
  };
}
