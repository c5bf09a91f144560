import { type ArrowRow, arrowBytes } from "@runweir/ingest-formats/testing";
import { expect, it } from "vitest";
import { arrowParts, openStream, startDoor } from "../testing/index.ts";

const arrowType = "application/vnd.apache.arrow.stream";
const json = JSON.stringify({
  runs: [{ run_id: "a", keys: ["loss"], step: [1], timestamp: [10], value: [0.5] }],
});
const rows: ArrowRow[] = [
  ["a", "loss", 1, 10, 0.5],
  ["b", "acc", 2, 20, 1],
];

function post(url: string, type: string, body: string | Buffer): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": type }, body: body as string });
}

it("acknowledges the batches of an Arrow stream one by one while it goes on", async () => {
  await using door = await startDoor();
  const [first, second, end] = arrowParts([rows, rows.slice(0, 1)]);
  const stream = openStream(door.points);
  stream.request.write(first);
  expect(await stream.line()).toEqual({
    batch: 0,
    points: 2,
    runs: [
      { run_id: "a", status: "accepted", points: 1, applied: false, position: { partition: 1, offset: 1 } },
      { run_id: "b", status: "accepted", points: 1, applied: false, position: { partition: 1, offset: 2 } },
    ],
  });
  expect((await stream.answered).headers["content-type"]).toBe("application/x-ndjson");
  stream.request.write(second);
  expect(await stream.line()).toMatchObject({ batch: 1, points: 1 });
  stream.request.end(end);
  expect(await stream.line()).toEqual({ done: true, batches: 2, points: 3 });
  expect(await stream.line()).toBeUndefined();
});

it("does not read on while too much of a stream is unacknowledged", async () => {
  const waiting: (() => void)[] = [];
  await using door = await startDoor({
    limits: { arrowUnacknowledgedBytes: 1_000 },
    decide: async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      return undefined;
    },
  });
  const batches = Array.from({ length: 20 }, (_, i): ArrowRow[] => [["a", "x", i, i, i]]);
  const stream = openStream(door.points);
  stream.request.end(Buffer.concat(arrowParts(batches)));
  let most = 0;
  for (let done = 0; done < 20; done += 1) {
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    most = Math.max(most, waiting.length);
    waiting.shift()?.();
    expect(await stream.line()).toMatchObject({ batch: done });
  }
  expect(await stream.line()).toMatchObject({ done: true, batches: 20 });
  expect(most).toBeLessThanOrEqual(4);
});

it("ends a stream with the place of what is wrong, after acknowledging what came before", async () => {
  await using door = await startDoor();
  const [first, second, end] = arrowParts([rows, [["a", "loss", 1, -1, 0]]]);
  const stream = openStream(door.points);
  stream.request.write(first);
  expect(await stream.line()).toMatchObject({ batch: 0 });
  stream.request.write(second);
  expect(await stream.line()).toMatchObject({
    error: {
      error_code: "INVALID_ARGUMENT",
      field: "batch 1: timestamp[0]",
      message: expect.stringContaining("Found -1."),
    },
  });
  expect(await stream.line()).toBeUndefined();
  stream.request.end(end);
  expect(door.appended).toHaveLength(2);
});

it("refuses a stream that is wrong from its first batch like any other request", async () => {
  await using door = await startDoor();
  const answer = await post(door.points, arrowType, arrowBytes([[["a", "loss", 1, -1, 0]]]));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ field: "batch 0: timestamp[0]" });
});

it("tells open streams when the server stops", async () => {
  const door = await startDoor();
  const [first] = arrowParts([rows, rows]);
  const stream = openStream(door.points);
  stream.request.write(first);
  await stream.line();
  const closed = door.server.close();
  expect(await stream.line()).toMatchObject({ error: { error_code: "UNAVAILABLE", retry_after_seconds: 1 } });
  stream.request.destroy();
  await closed;
});

it("gives back what a client held that went away", async () => {
  await using door = await startDoor({
    limits: { openBytes: 40_000, requestBytes: 30_000, pausingBytes: 40_000 },
  });
  const [first] = arrowParts([rows, rows]);
  for (let round = 0; round < 5; round += 1) {
    const stream = openStream(door.points);
    stream.request.on("error", () => {});
    stream.request.write(first);
    await stream.line();
    stream.request.destroy();
    // The server hears of it a moment later.
    while ((await post(door.points, "application/json", json)).status !== 200);
  }
});

it("cuts a body that stops, and keeps a stream that goes on", async () => {
  await using door = await startDoor({ limits: { idleMs: 400 } });
  const [first, another, end] = arrowParts([rows, rows]);
  const stream = openStream(door.points);
  const stopped = openStream(door.points);
  stopped.request.on("error", () => {});
  stopped.request.write(first?.subarray(0, 100));
  let isCut = false;
  const answered = stopped.answered.finally(() => {
    isCut = true;
  });
  for (let batch = 0; !isCut; batch += 1) {
    stream.request.write(batch === 0 ? first : another);
    expect(await stream.line()).toMatchObject({ batch });
  }
  stream.request.end(end);
  expect(await stream.line()).toMatchObject({ done: true });
  const refusal = await answered;
  expect(refusal.statusCode).toBe(408);
  expect(String(Buffer.concat(await refusal.toArray()))).toContain("Nothing came for 0.4 s");
});

it("tells a stream that falls idle why it ends, after everything before has been acknowledged", async () => {
  await using door = await startDoor({ limits: { idleMs: 300 } });
  const stream = openStream(door.points);
  stream.request.on("error", () => {});
  stream.request.write(arrowParts([rows, rows])[0]);
  expect(await stream.line()).toMatchObject({ batch: 0 });
  expect(await stream.line()).toMatchObject({
    error: {
      error_code: "INVALID_REQUEST",
      message:
        "Nothing came for 0.3 s, so the request ends here. What was acknowledged is in; send the rest in another one.",
      request_id: expect.any(String),
    },
  });
  expect(await stream.line()).toBeUndefined();
  stream.request.destroy();
});
