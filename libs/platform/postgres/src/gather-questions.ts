/**
 * Questions that come while others are under way are asked together, in one statement: at a rate where they seldom meet each is asked
 * at once and alone; behind a pause, what has piled up costs one way to Postgres and back instead of one each.
 *
 * Whatever is asked is read after it was asked, never before. When a statement fails, all that were in it do.
 */
export function gatherQuestions<Key, Answer>(
  ask: (keys: readonly Key[]) => Promise<readonly (Answer | undefined)[]>,
  options: {
    /** How many statements are under way at most. */
    readonly statements: number;
    /** How many questions are in one at most. */
    readonly together: number;
  },
): (key: Key) => Promise<Answer | undefined> {
  const waiting: { readonly key: Key; readonly answered: PromiseWithResolvers<Answer | undefined> }[] = [];
  let underWay = 0;

  async function askNext(): Promise<void> {
    const together = waiting.splice(0, options.together);
    underWay += 1;
    try {
      const answers = await ask(together.map(({ key }) => key));
      together.forEach(({ answered }, place) => {
        answered.resolve(answers[place]);
      });
    } catch (error) {
      for (const { answered } of together) answered.reject(error);
    } finally {
      underWay -= 1;
      if (waiting.length > 0) void askNext();
    }
  }

  return (key) => {
    const answered = Promise.withResolvers<Answer | undefined>();
    waiting.push({ key, answered });
    if (underWay < options.statements) void askNext();
    return answered.promise;
  };
}
