import module from "node:module";
import { Socket } from "node:net";
import { createGate } from "../gate/create-gate.ts";
import { type FromWorker, type RunRequest, resultDescriptor, type ToWorker } from "../protocol.ts";
import { cleanFailure, isOutOfMemory, unreadable } from "./clean-failure.ts";
import { countedMegabytes } from "./counted-memory.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { type ResultSink, runStatement } from "./run-statement.ts";

const progressIntervalMs = 200;
/** Threads and what DuckDB sets aside with its first databases. */
const settledMegabytes = 128;
/** Of the memory of a statement, beyond that. */
const grownShareMax = 0.5;
const spillFolder = process.argv[2] as string;
const results = new Socket({ fd: resultDescriptor, readable: false, writable: true });
const gate = await createGate();
const megabytesAtFirst = countedMegabytes();
let isFresh = true;
let database: Database | undefined;
let interrupted = false;

const send = (message: FromWorker) => process.send?.(message);
// Without a parent there is nobody to answer to; a running statement must not keep the process.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("message", (message: ToWorker) => {
  if (message.kind === "interrupt") {
    interrupted = true;
    database?.connection.interrupt();
  } else void run(message.request);
});
send({ kind: "ready" });
// Before the first statement of a stranger, and not at the end: whoever ends this process gives it no time then.
module.flushCompileCache();

async function run(request: RunRequest): Promise<void> {
  let bytes = 0;
  let shown = -1;
  let started = false;
  let headed = false;
  const isFirst = isFresh;
  isFresh = false;
  interrupted = false;
  const place = { shift: 0 };
  const progress = setInterval(() => {
    const percent = database?.connection.progress.percentage ?? -1;
    if (percent > shown) send({ kind: "progress", percent });
    shown = Math.max(shown, percent);
  }, progressIntervalMs);
  try {
    database = await useDatabase(request);
  } catch (error) {
    clearInterval(progress);
    // A process that has opened many databases may have no memory left for another: a fresh one tries again.
    send({ kind: "failed", failure: unreadable(error), bytes, spent: true, retry: "fresh" });
    return;
  }
  try {
    const checked = await gate.check(request.sql, database.tables);
    const { text, volatile } = checked;
    const passed = { request, text, volatile, place, isInterrupted: () => interrupted };
    const sink: ResultSink = {
      header(columns) {
        headed = true;
        send({
          kind: "header",
          columns: columns.map(({ name, type }) => ({ name, type })),
          volatile,
        });
      },
      write(piece) {
        bytes += piece.byteLength;
        return new Promise((resolve) => {
          if (results.write(piece)) resolve();
          else results.once("drain", resolve);
        });
      },
    };
    if (request.divided) await database.divideFurther();
    else await database.prepareFor(checked);
    started = true;
    const summary = await runStatement(database, passed, spillFolder, sink);
    send({ kind: "done", summary, spent: hasGrown(request) });
  } catch (error) {
    const { failure, spent } = cleanFailure(request.sql, error, place.shift);
    // Whatever the failed statement left behind in its database goes with it.
    if (started) close();
    // Smaller pieces are for what a process by itself has too little for: to divide exact quantiles takes more.
    const next = isFirst ? "divided" : "fresh";
    const retry = !headed && !interrupted && isOutOfMemory(error) ? next : undefined;
    send({ kind: "failed", failure, bytes, spent: spent || hasGrown(request), retry });
  } finally {
    clearInterval(progress);
  }
}

/**
 * A large statement leaves less of the limit to the next one, which may fail then with what it is allowed, or find no room
 * to open its snapshot. A fresh process has all of it.
 */
function hasGrown({ database: { memoryMegabytes } }: RunRequest): boolean {
  return countedMegabytes() - megabytesAtFirst > settledMegabytes + grownShareMax * memoryMegabytes;
}

async function useDatabase({ database: wanted }: RunRequest): Promise<Database> {
  if (database?.key === wanted.key) return database;
  close();
  return openDatabase(wanted, spillFolder);
}

function close(): void {
  database?.close();
  database = undefined;
}
