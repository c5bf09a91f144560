import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { piecesOf } from "./pieces-of.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream whose sender may pause for a minute, and what has arrived of it. */
function open() {
  const stream = new PassThrough();
  let received = 0;
  const patience = { idleMs: 60_000, received: () => received };
  return {
    stream,
    arrive: (bytes: number) => {
      received += bytes;
    },
    pieces: piecesOf(stream, new AbortController().signal, patience),
  };
}

it("waits for a sender that pauses, and gives up one that stops", async () => {
  const { stream, pieces } = open();
  for (const text of ["a", "b", "c"]) {
    const next = pieces.next();
    await vi.advanceTimersByTimeAsync(59_999);
    stream.write(text);
    expect((await next).value?.toString()).toBe(text);
  }
  const ended = expect(pieces.next()).rejects.toMatchObject({
    statusCode: 408,
    message: expect.stringContaining("Nothing came for 60 s"),
  });
  await vi.advanceTimersByTimeAsync(60_000);
  await ended;
  expect(stream.destroyed).toBe(false);
});

it("takes bytes that decompress to nothing yet for a sign of life", async () => {
  const { stream, arrive, pieces } = open();
  const next = pieces.next();
  for (let minute = 0; minute < 5; minute += 1) {
    arrive(10);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  stream.end("all of it");
  expect((await next).value?.toString()).toBe("all of it");
});

it("does not hurry a reader that takes its time", async () => {
  const { stream, pieces } = open();
  stream.write("a");
  expect((await pieces.next()).value?.toString()).toBe("a");
  await vi.advanceTimersByTimeAsync(600_000);
  stream.end("b");
  expect((await pieces.next()).value?.toString()).toBe("b");
  expect((await pieces.next()).done).toBe(true);
});
