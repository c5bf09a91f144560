import { expect, it } from "vitest";
import { mergeChanges } from "./merge-changes.ts";

interface Change {
  readonly kind: string;
  readonly id: string;
}

const points = (id: string): Change => ({ kind: "points", id });

function start() {
  const abort = new AbortController();
  let tell: (change: Change) => void = () => {};
  // One gate per pause, opened by hand, before or after the pause begins.
  const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
  let paused = 0;
  let opened = 0;
  const stream = mergeChanges<Change>({
    keyOf: ({ kind, id }) => `${kind} ${id}`,
    subscribe: (listener) => {
      tell = listener;
    },
    pause: (signal) => {
      const gate = gates[paused++];
      signal.addEventListener("abort", () => gate?.resolve());
      return signal.aborted || gate === undefined ? Promise.resolve() : gate.promise;
    },
    signal: abort.signal,
  });
  return { stream, abort, tell: (change: Change) => tell(change), resume: () => gates[opened++]?.resolve() };
}

it("tells the first change at once and merges what follows until the pause is over", async () => {
  const { stream, tell, resume } = start();
  const first = stream.next();
  tell(points("a"));
  expect((await first).value).toEqual([points("a")]);
  const second = stream.next();
  for (let i = 0; i < 1_000; i += 1) tell(points("a"));
  tell(points("b"));
  resume();
  expect((await second).value).toEqual([points("a"), points("b")]);
  const third = stream.next();
  tell(points("c"));
  resume();
  expect((await third).value).toEqual([points("c")]);
});

it("keeps what has another key apart", async () => {
  const { stream, tell } = start();
  const first = stream.next();
  tell(points("a"));
  tell({ kind: "run", id: "a" });
  expect((await first).value).toMatchObject([{ kind: "points" }, { kind: "run" }]);
});

it("says that anything may have changed where there is too much to list", async () => {
  const { stream, tell, resume } = start();
  const first = stream.next();
  for (let i = 0; i < 5_000; i += 1) tell(points(`run ${i}`));
  expect((await first).value).toEqual([]);
  const second = stream.next();
  tell(points("a"));
  resume();
  expect((await second).value).toEqual([points("a")]);
});

it("ends when the page goes away, while idle as while pausing", async () => {
  const idle = start();
  const never = idle.stream.next();
  idle.abort.abort();
  expect((await never).done).toBe(true);

  const pausing = start();
  const first = pausing.stream.next();
  pausing.tell(points("a"));
  await first;
  const second = pausing.stream.next();
  pausing.abort.abort();
  expect((await second).done).toBe(true);
});
