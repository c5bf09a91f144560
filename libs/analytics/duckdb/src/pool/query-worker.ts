import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type FromWorker, type RunRequest, resultDescriptor, type ToWorker } from "../protocol.ts";
import { spawnWorker, type WorkerLimits } from "./spawn-worker.ts";

/** What the owner of a worker hears of the statement it gave it. */
export interface RunListener {
  header(message: Extract<FromWorker, { kind: "header" }>): void;
  progress(percent: number): void;
  /** False asks for a pause. */
  bytes(chunk: Uint8Array): boolean;
  /** The last word on the statement, after its last byte; the worker is free again. */
  ended(message: Extract<FromWorker, { kind: "done" | "failed" }>): void;
}

export interface QueryWorker {
  /** The database it has open, for those who need the same one. */
  readonly databaseKey: string | undefined;
  run(request: RunRequest, listener: RunListener): void;
  resume(): void;
  interrupt(): void;
  kill(): void;
}

/** What a process may say before it is only counted. */
const outputMax = 4_096;

/** One process. `onExit` comes once, whatever ended it; its folder is gone by then. */
export async function startQueryWorker(options: {
  readonly spillRoot: string;
  readonly limits: WorkerLimits;
  readonly onReady: (worker: QueryWorker) => void;
  readonly onExit: (worker: QueryWorker, ending: string) => void;
}): Promise<QueryWorker> {
  const spillFolder = await mkdtemp(join(options.spillRoot, "worker-"));
  const child = spawnWorker(options.limits, spillFolder);
  const results = child.stdio[resultDescriptor] as Readable;
  let listener: RunListener | undefined;
  let databaseKey: string | undefined;
  let received = 0;
  let last: Extract<FromWorker, { kind: "done" | "failed" }> | undefined;
  let output = "";

  const endIfComplete = () => {
    if (last === undefined || listener === undefined) return;
    if (received < (last.kind === "done" ? last.summary.bytes : last.bytes)) return;
    const [ended, message] = [listener, last];
    listener = undefined;
    last = undefined;
    if (message.kind === "failed") databaseKey = undefined;
    ended.ended(message);
  };
  results.on("data", (chunk: Buffer) => {
    received += chunk.byteLength;
    if (listener?.bytes(chunk) === false) results.pause();
    endIfComplete();
  });
  results.on("error", () => child.kill("SIGKILL"));
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      if (output.length < outputMax) output += chunk.toString("utf8").slice(0, outputMax - output.length);
    });
  child.on("message", (message: FromWorker) => {
    if (message.kind === "ready") options.onReady(worker);
    else if (message.kind === "header") listener?.header(message);
    else if (message.kind === "progress") listener?.progress(message.percent);
    else {
      last = message;
      // Nobody reads what is left of a failed statement.
      if (message.kind === "failed") results.resume();
      endIfComplete();
    }
  });
  let gone = false;
  const exit = (ending: string) => {
    if (gone) return;
    gone = true;
    void rm(spillFolder, { recursive: true, force: true }).finally(() =>
      options.onExit(worker, output === "" ? ending : `${ending}: ${output}`),
    );
  };
  child.on("error", (error) => exit(error.message));
  child.on("close", (code, signal) => exit(signal ?? `exit code ${code}`));

  const tell = (message: ToWorker) => {
    // A process that is ending cannot be told anything; its exit says the rest.
    if (child.connected) child.send(message, () => undefined);
  };
  const worker: QueryWorker = {
    get databaseKey() {
      return databaseKey;
    },
    run(request, next) {
      listener = next;
      received = 0;
      databaseKey = request.database.key;
      tell({ kind: "run", request });
    },
    resume: () => results.resume(),
    interrupt: () => tell({ kind: "interrupt" }),
    kill: () => child.kill("SIGKILL"),
  };
  return worker;
}
