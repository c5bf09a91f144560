import { type RecordBatch, Table, tableFromArrays, tableToIPC } from "apache-arrow";
import { expect, test } from "vitest";
import { readAnswer, type SqlAnswer } from "./read-answer.ts";

const rowsOfBatch = 100;
const endMarkBytes = 8;
const [first, second, third] = [0, 1, 2].map((batch) => {
  const i = Int32Array.from({ length: rowsOfBatch }, (_, row) => batch * rowsOfBatch + row);
  return tableFromArrays({ i }).batches[0];
}) as [RecordBatch, RecordBatch, RecordBatch];

/** The bytes of a stream of all three, cut behind each batch. */
const streamOf = (...batches: RecordBatch[]) =>
  Buffer.from(tableToIPC(new Table(first.schema, batches), "stream"));
const whole = streamOf(first, second, third);
const cuts = [streamOf(first), streamOf(first, second), whole].map(({ length }) => length - endMarkBytes);
const pieces = [0, ...cuts].map((cut, place) => whole.subarray(cut, cuts[place] ?? whole.length));

/** An answer of these pieces; the next one comes when the one before has been taken. */
function createAnswer(onPull: (place: number, controller: ReadableStreamDefaultController) => void) {
  let place = 0;
  const source = {
    pull(controller: ReadableStreamDefaultController) {
      onPull(place, controller);
      place += 1;
    },
  };
  return new Response(new ReadableStream(source, { highWaterMark: 0 }), {
    headers: { "x-runweir-snapshot": "7", "x-runweir-cached": "true" },
  });
}

const send = (place: number, controller: ReadableStreamDefaultController) => {
  if (place < pieces.length) controller.enqueue(pieces[place]);
  else controller.close();
};

test("the first rows are told of before the last have come, and all are there in the end", async () => {
  const parts: SqlAnswer[] = [];
  const told: number[] = [];
  const answer = createAnswer((place, controller) => {
    told[place] = parts.length;
    send(place, controller);
  });
  const { table, facts } = await readAnswer(answer, { onPart: (part) => parts.push(part) });
  expect(parts[0]?.table.rows).toBe(rowsOfBatch);
  // Known by the time the last batch is asked for; the reader asks for one ahead.
  expect(told[2]).toBe(1);
  expect(parts[0]?.table.columns[0]?.value(99)).toBe(99);
  expect(table.rows).toBe(3 * rowsOfBatch);
  expect(table.columns[0]?.value(299)).toBe(299);
  expect(facts).toMatchObject({ snapshot: 7, cached: true, tailUntil: undefined });
});

test("what had come is told of when the reading is given up", async () => {
  const parts: SqlAnswer[] = [];
  const abort = new AbortController();
  const answer = createAnswer((place, controller) => {
    if (place < 2) return send(place, controller);
    abort.abort();
    controller.error(abort.signal.reason);
  });
  const read = readAnswer(answer, { signal: abort.signal, onPart: (part) => parts.push(part) });
  await expect(read).rejects.toMatchObject({ name: "AbortError" });
  expect(parts.at(-1)?.table.rows).toBe(2 * rowsOfBatch);
});

test("a connection that breaks is a failure, whatever has come", async () => {
  const answer = createAnswer((place, controller) =>
    place < 2 ? send(place, controller) : controller.error(new Error("reset")),
  );
  await expect(readAnswer(answer)).rejects.toMatchObject({ status: 0, reason: "reset" });
});

test("a stream without its end is a failure too", async () => {
  const answer = createAnswer((place, controller) =>
    place < 2 ? send(place, controller) : controller.close(),
  );
  await expect(readAnswer(answer)).rejects.toMatchObject({ status: 0, message: /broke off/ });
});
