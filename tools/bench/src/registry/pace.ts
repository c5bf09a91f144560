/**
 * A thread that says when each call is due, in milliseconds since 1970: its own clock, and whoever hears it first may hear it late. Timers of an event loop come a millisecond late and in clumps, which would be
 * measured as the server's; a thread that sleeps by `Atomics.wait` is late by some 50 microseconds.
 */
import { parentPort, workerData } from "node:worker_threads";

const { perSecond, total } = workerData as { readonly perSecond: number; readonly total: number };
const sleep = new Int32Array(new SharedArrayBuffer(4));
const began = performance.timeOrigin + performance.now();
for (let sent = 0; sent < total; sent += 1) {
  const dueAt = began + (sent / perSecond) * 1_000;
  const early = dueAt - performance.timeOrigin - performance.now();
  if (early > 0) Atomics.wait(sleep, 0, 0, early);
  parentPort?.postMessage(dueAt);
}
