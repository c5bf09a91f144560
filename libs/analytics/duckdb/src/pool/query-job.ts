import { Readable } from "node:stream";
import type { EngineHeader, EngineRequest, EngineRun, QuerySummary } from "@runweir/analytics-domain";

/** One statement from the moment it is asked for: what its caller holds, and the other ends of it. */
export interface QueryJob {
  readonly request: EngineRequest;
  readonly header: Promise<EngineHeader>;
  readonly body: Readable;
  readonly done: Promise<QuerySummary>;
  readonly settled: boolean;
  percent: number | undefined;
  /** A worker could not open its snapshot, or had too little memory for it: a further try, in a process of its own. */
  retry: "fresh" | "divided" | undefined;
  /** When a worker first began with it, by the clock of the process. */
  beganAt: number | undefined;
  begin(header: EngineHeader): void;
  complete(summary: QuerySummary): void;
  fail(error: Error): void;
}

const bufferedBytes = 1_048_576;

export function createQueryJob(
  request: EngineRequest,
  listener: { readonly onRead: () => void; readonly onAbandoned: () => void },
): QueryJob {
  const header = Promise.withResolvers<EngineHeader>();
  const done = Promise.withResolvers<QuerySummary>();
  // A caller may look at one of the three and not at the others.
  header.promise.catch(() => undefined);
  done.promise.catch(() => undefined);
  let settled = false;
  const body = new Readable({
    highWaterMark: bufferedBytes,
    read: () => listener.onRead(),
    destroy(error, callback) {
      if (!settled) listener.onAbandoned();
      callback(error);
    },
  });
  body.on("error", () => undefined);
  return {
    request,
    header: header.promise,
    body,
    done: done.promise,
    percent: undefined,
    retry: undefined,
    beganAt: undefined,
    get settled() {
      return settled;
    },
    begin: header.resolve,
    complete(summary) {
      if (settled) return;
      settled = true;
      body.push(null);
      done.resolve(summary);
    },
    fail(error) {
      if (settled) return;
      settled = true;
      header.reject(error);
      done.reject(error);
      body.destroy(error);
    },
  };
}

export function toEngineRun(
  job: QueryJob,
  progress: EngineRun["progress"],
  cancel: EngineRun["cancel"],
): EngineRun {
  return { header: job.header, body: job.body, done: job.done, progress, cancel };
}
