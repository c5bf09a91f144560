import { expect, it } from "vitest";
import { shareChanges } from "./share-changes.ts";

interface Change {
  readonly id: string;
}

const points = (id: string): Change => ({ id });

/** A source whose lists are told by hand, and what is open of it. */
function start() {
  const opened: string[] = [];
  const closed: string[] = [];
  const tellers = new Map<string, (changes: readonly Change[]) => void>();
  const keyOf = ({ id }: Change) => id;
  const watch = shareChanges(async function* (filter: string, signal: AbortSignal) {
    opened.push(filter);
    let next = Promise.withResolvers<readonly Change[] | undefined>();
    tellers.set(filter, (changes) => next.resolve(changes));
    signal.addEventListener("abort", () => next.resolve(undefined));
    for (;;) {
      const changes = await next.promise;
      if (changes === undefined) break;
      next = Promise.withResolvers();
      yield changes;
    }
    closed.push(filter);
  }, keyOf);
  const page = (filter: string) => {
    const abort = new AbortController();
    return { stream: watch(filter, abort.signal), abort };
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const tell = async (filter: string, ...changes: readonly Change[]) => {
    tellers.get(filter)?.(changes);
    await settle();
  };
  return { opened, closed, page, tell, settle };
}

it("opens one stream for all who watch the same, and tells each of them", async () => {
  const { opened, page, tell } = start();
  const pages = [page("a"), page("a"), page("b")];
  const told = pages.map(({ stream }) => stream.next());
  expect(opened).toEqual(["a", "b"]);
  await tell("a", points("x"));
  await tell("b", points("y"));
  const values = (await Promise.all(told)).map(({ value }) => value);
  expect(values).toEqual([[points("x")], [points("x")], [points("y")]]);
});

it("merges what a slow page has not taken, and does not let others wait for it", async () => {
  const { page, tell } = start();
  const [slow, quick] = [page("a"), page("a")];
  const [first] = [slow.stream.next(), quick.stream.next()];
  await tell("a", points("x"));
  await first;
  await tell("a", points("x"), points("y"));
  expect((await quick.stream.next()).value).toEqual([points("x"), points("y")]);
  await tell("a", points("z"), points("x"));
  expect((await quick.stream.next()).value).toEqual([points("z"), points("x")]);
  expect((await slow.stream.next()).value).toEqual([points("x"), points("y"), points("z")]);
  await tell("a", points("x"));
  await tell("a");
  expect((await slow.stream.next()).value).toEqual([]);
});

it("closes the stream with the last page, and opens another for the next one", async () => {
  const { opened, closed, page, settle, tell } = start();
  const [one, other] = [page("a"), page("a")];
  const ends = [one.stream.next(), other.stream.next()];
  one.abort.abort();
  expect((await ends[0])?.done).toBe(true);
  await settle();
  expect(closed).toEqual([]);
  other.abort.abort();
  expect((await ends[1])?.done).toBe(true);
  await settle();
  expect(closed).toEqual(["a"]);
  const late = page("a").stream.next();
  expect(opened).toEqual(["a", "a"]);
  await tell("a", points("x"));
  expect((await late).value).toEqual([points("x")]);
});
