import { DomainError } from "@runweir/errors";
import { type Caller, localOwner } from "@runweir/identity-domain";
import { expect, onTestFinished, test } from "vitest";
import { watchChanges } from "./watch-changes.ts";

const me = localOwner("r");

/** Somebody watches `run`; what happens is told by hand, and what they may is changed on the way. */
function start(askAgainMs = 60_000) {
  const rights = { mayWatch: true, mayKnow: new Set(["a", "b"]), isIn: true, canBeAsked: true };
  const listeners = new Set<(change: string) => void>();
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const watch = watchChanges<string, string, string>({
    subscribe(filter, listener, signal) {
      expect(filter).toBe("listen to run");
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener));
    },
    keyOf: (change) => change,
    sight: {
      async requireWatching(_caller, watched) {
        if (!rights.canBeAsked) throw new DomainError("unavailable", "The database is away.");
        if (!rights.mayWatch) throw new DomainError("permission_denied", "Not any more.");
        return `listen to ${watched}`;
      },
      visible: (_caller, changes) => changes.filter((change) => rights.mayKnow.has(change)),
    },
    askAgainMs,
  });
  const renew = async (): Promise<Caller | undefined> => (rights.isIn ? me : undefined);
  const stream = watch({ caller: me, renew }, "run", leave.signal);
  const tell = (change: string) => {
    for (const listener of listeners) listener(change);
  };
  return { rights, stream, tell, listeners };
}

test("it begins with anything, listens by then, and tells what may be known at that moment", async () => {
  const { rights, stream, tell } = start();
  expect((await stream.next()).value).toEqual([]);
  tell("a");
  expect((await stream.next()).value).toEqual(["a"]);
  rights.mayKnow.delete("a");
  tell("a");
  tell("b");
  expect((await stream.next()).value).toEqual(["b"]);
});

test("who may not watch is refused at once", async () => {
  const { rights, stream, listeners } = start();
  rights.mayWatch = false;
  await expect(stream.next()).rejects.toMatchObject({ code: "FORBIDDEN", message: "Not any more." });
  expect(listeners.size).toBe(0);
});

test("it ends with the right to watch though nothing happens, and not because nobody can be asked", async () => {
  const { rights, stream, tell, listeners } = start(5);
  await stream.next();
  rights.canBeAsked = false;
  tell("a");
  expect((await stream.next()).value).toEqual(["a"]);
  const next = stream.next();
  rights.canBeAsked = true;
  rights.mayWatch = false;
  await expect(next).rejects.toMatchObject({ code: "FORBIDDEN", message: "Not any more." });
  expect(listeners.size).toBe(0);
});

test.each([
  ["though nothing happens", 5, () => {}],
  ["before it tells anything more", 60_000, (tell: (change: string) => void) => tell("a")],
])("it ends with what its reader signed in with %s", async (_when, askAgainMs, happen) => {
  const { rights, stream, tell, listeners } = start(askAgainMs);
  await stream.next();
  rights.isIn = false;
  happen(tell);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(listeners.size).toBe(0);
});
