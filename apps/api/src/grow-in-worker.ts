import { Worker } from "node:worker_threads";
import { DomainError } from "@runweir/errors";
import type { Forest, ForestRequest } from "@runweir/tracking-domain";

const limitMs = 60_000;
/** Forests that wait for the one that grows; more are refused. */
const waitingMax = 20;

/** One thread that grows forests, one after the other; it begins with the first and ends when it has been idle. */
export function growInWorker(options: { readonly idleMs?: number } = {}): {
  growForest(request: ForestRequest): Promise<Forest>;
  close(): Promise<void>;
} {
  const waiting = new Map<number, PromiseWithResolvers<Forest>>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 0;

  function open(): Worker {
    const opened = new Worker(new URL("./forest-worker.ts", import.meta.url));
    opened.on("message", ({ id, forest }: { readonly id: number; readonly forest: Forest }) => {
      waiting.get(id)?.resolve(forest);
      waiting.delete(id);
      if (waiting.size === 0) rest();
    });
    opened.on("error", (error) => void end(error));
    return opened;
  }

  function rest(): void {
    clearTimeout(idle);
    idle = setTimeout(() => void end(new Error("idle")), options.idleMs ?? 60_000).unref();
    worker?.unref();
  }

  /** Whoever waits hears why there will be no answer; the next forest begins a new thread. */
  async function end(cause: unknown): Promise<void> {
    const ended = worker;
    worker = undefined;
    clearTimeout(idle);
    for (const { reject } of waiting.values())
      reject(new DomainError("unavailable", "The forest could not be grown; ask again.", { cause }));
    waiting.clear();
    await ended?.terminate();
  }

  return {
    async growForest(request) {
      if (waiting.size >= waitingMax)
        throw new DomainError("resource_exhausted", `${waiting.size} forests are growing already.`, {
          retryAfterSeconds: 5,
        });
      clearTimeout(idle);
      worker ??= open();
      worker.ref();
      const id = nextId;
      nextId += 1;
      const answer = Promise.withResolvers<Forest>();
      waiting.set(id, answer);
      worker.postMessage({ id, request });
      const limit = setTimeout(() => void end(new Error(`over ${limitMs} ms`)), limitMs);
      return answer.promise.finally(() => clearTimeout(limit));
    },
    close: () => end(new Error("closing")),
  };
}
