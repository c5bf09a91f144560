import { expect, test } from "vitest";
import { gatherQuestions } from "./gather-questions.ts";

/** Statements that are answered when the test says so. */
function startAsking(options: { readonly statements: number; readonly together: number }) {
  const statements: { readonly keys: readonly string[]; readonly end: PromiseWithResolvers<string[]> }[] = [];
  const ask = gatherQuestions<string, string>((keys) => {
    const end = Promise.withResolvers<string[]>();
    statements.push({ keys, end });
    return end.promise;
  }, options);
  const answer = (place: number) => {
    const statement = statements[place];
    statement?.end.resolve(statement.keys.map((key) => key.toUpperCase()));
  };
  return { ask, answer, statements, asked: () => statements.map(({ keys }) => keys) };
}

test("who asks alone is asked for at once and alone", async () => {
  const { ask, answer, asked } = startAsking({ statements: 2, together: 10 });
  const [a, b] = [ask("a"), ask("b")];
  expect(asked()).toEqual([["a"], ["b"]]);
  answer(1);
  answer(0);
  expect(await Promise.all([a, b])).toEqual(["A", "B"]);
});

test("what comes while statements are under way is asked afterwards, together, so many at most", async () => {
  const { ask, answer, asked } = startAsking({ statements: 1, together: 2 });
  const answers = ["a", "b", "c", "d", "b"].map((key) => ask(key));
  expect(asked()).toEqual([["a"]]);
  for (const place of [0, 1, 2]) {
    answer(place);
    await answers[place * 2];
  }
  expect(asked()).toEqual([["a"], ["b", "c"], ["d", "b"]]);
  expect(await Promise.all(answers)).toEqual(["A", "B", "C", "D", "B"]);
});

test("what is not found is undefined for who asked for it", async () => {
  const ask = gatherQuestions<string, string>(
    async (keys) => keys.map((key) => (key === "b" ? "B" : undefined)),
    {
      statements: 1,
      together: 10,
    },
  );
  expect(await Promise.all(["a", "b", "c"].map(ask))).toEqual([undefined, "B", undefined]);
});

test("a statement that fails fails for those in it, and the next are asked", async () => {
  const { ask, answer, statements } = startAsking({ statements: 1, together: 2 });
  const outcomes = Promise.allSettled(["a", "b", "c", "d"].map((key) => ask(key)));
  answer(0);
  await expect.poll(() => statements.length).toBe(2);
  statements[1]?.end.reject(new Error("The connection is lost."));
  await expect.poll(() => statements.length).toBe(3);
  answer(2);
  expect((await outcomes).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
});
