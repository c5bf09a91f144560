import { mkdir } from "node:fs/promises";
import {
  type EngineRequest,
  type EngineRun,
  type QueryEngine,
  StatementError,
} from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";
import type { Failure } from "../protocol.ts";
import { createQueryJob, type QueryJob, toEngineRun } from "./query-job.ts";
import { type QueryWorker, startQueryWorker } from "./query-worker.ts";
import { memoryIsHeld } from "./spawn-worker.ts";

/** A table that is a question to the others, and may name the workspace they are of. */
export interface WorkspaceView {
  readonly name: string;
  sql(workspace: string): string;
}

export interface QueryPoolOptions {
  readonly workers: number;
  readonly threadsPerWorker: number;
  /** What DuckDB takes for one statement before it spills, and what the process may take on top of its own. */
  readonly memoryMegabytes: number;
  readonly spillMegabytes: number;
  readonly spillRoot: string;
  /** Created above the tables that the caller sees. A view that needs another is not there for them. */
  readonly views: readonly WorkspaceView[];
  /** Statements that wait for a worker; more are refused. */
  readonly waitingMax: number;
  /** From the interrupt to the kill. */
  readonly graceMs: number;
  /** For the log: limits that this system lacks, workers that ended and why. */
  readonly onNotice: (notice: string) => void;
}

export interface QueryPool extends QueryEngine {
  /** Statements that run, and that wait for a worker, at this moment. */
  load(): { readonly running: number; readonly waiting: number };
  close(): Promise<void>;
}

interface Busy {
  readonly job: QueryJob;
  readonly timers: NodeJS.Timeout[];
  /** The worker must not serve anybody after this. */
  condemned: boolean;
}

const statementsPerWorker = 500;
const restartDelayMaxMs = 10_000;

/**
 * Runs each statement in a process of its own class: one at a time, limited by the system, interrupted at its time,
 * killed if that does not help, and replaced whenever it cannot be relied on any more. Processes begin with the first
 * statement.
 */
export async function createQueryPool(options: QueryPoolOptions): Promise<QueryPool> {
  const { workers: size, onNotice } = options;
  const ownedMax = Math.max(1, size - 1);
  const waiting: QueryJob[] = [];
  /** Further tries, each for the next process that begins. */
  const retries: QueryJob[] = [];
  const idle: QueryWorker[] = [];
  const busy = new Map<QueryWorker, Busy>();
  const served = new Map<QueryWorker, number>();
  const alive = new Set<QueryWorker>();
  const restarts = new Set<NodeJS.Timeout>();
  const starting = new Set<Promise<unknown>>();
  let hasBegun = false;
  let failedStarts = 0;
  let closing: PromiseWithResolvers<void> | undefined;

  if (!memoryIsHeld)
    onNotice(
      `Memory of SQL statements is not held to a limit on ${process.platform}: only Linux counts all of it.`,
    );
  await mkdir(options.spillRoot, { recursive: true, mode: 0o700 });

  function start(): void {
    const begun = startQueryWorker({
      spillRoot: options.spillRoot,
      limits: options,
      onReady(worker) {
        failedStarts = 0;
        served.set(worker, 0);
        const retry = retries.shift();
        if (retry !== undefined) return give(worker, retry);
        idle.push(worker);
        dispatch();
      },
      onExit: bury,
    }).then(
      (worker) => {
        alive.add(worker);
        if (closing) worker.kill();
      },
      (error: unknown) => lostStart(String(error)),
    );
    starting.add(begun);
    void begun.finally(() => starting.delete(begun));
  }

  function bury(worker: QueryWorker, ending: string): void {
    alive.delete(worker);
    const place = idle.indexOf(worker);
    if (place >= 0) idle.splice(place, 1);
    const work = busy.get(worker);
    if (work !== undefined) {
      release(worker, work);
      if (!work.condemned) onNotice(`A query worker ended (${ending}) while it ran a statement.`);
      work.job.fail(
        new StatementError(
          "resource_exhausted",
          "The statement ended its worker. Most often it needs more memory or disk than it is allowed.",
          {
            reason: "worker_ended",
          },
        ),
      );
    }
    if (closing) {
      if (alive.size === 0) closing.resolve();
    } else if (served.delete(worker)) start();
    else lostStart(ending);
  }

  /** A worker that never came up: the next try waits a little longer each time, and nobody waits for it in vain. */
  function lostStart(reason: string): void {
    failedStarts += 1;
    onNotice(`A query worker did not start: ${reason}`);
    if (closing) return;
    if (failedStarts > size)
      for (const job of [...waiting.splice(0), ...retries.splice(0)])
        job.fail(
          new DomainError("unavailable", "SQL is not available: no query worker starts.", {
            retryAfterSeconds: 10,
          }),
        );
    const timer = setTimeout(
      () => {
        restarts.delete(timer);
        start();
      },
      Math.min(restartDelayMaxMs, 100 * 2 ** failedStarts),
    );
    restarts.add(timer);
  }

  function dispatch(): void {
    while (idle.length > 0) {
      const job = takeNext();
      if (job === undefined) return;
      const same = idle.findIndex(({ databaseKey }) => databaseKey === job.request.viewKey);
      const [worker] = idle.splice(Math.max(0, same), 1);
      give(worker as QueryWorker, job);
    }
  }

  /** Whoever holds the fewest workers comes first, then whoever came first; nobody holds all of several. */
  function takeNext(): QueryJob | undefined {
    const held = (job: QueryJob) =>
      [...busy.values()].filter((work) => work.job.request.owner === job.request.owner).length;
    const next = waiting
      .filter((job) => held(job) < ownedMax)
      .reduce<QueryJob | undefined>((best, job) => (best && held(best) <= held(job) ? best : job), undefined);
    if (next !== undefined) waiting.splice(waiting.indexOf(next), 1);
    return next;
  }

  function give(worker: QueryWorker, job: QueryJob): void {
    const { request } = job;
    const work: Busy = { job, timers: [], condemned: false };
    busy.set(worker, work);
    const { seconds } = request.limits;
    const overtime = () => {
      work.condemned = true;
      const message = `The statement took longer than ${seconds} s; that is the most allowed.`;
      stop(worker, work, new StatementError("resource_exhausted", message, { reason: "time_limit" }));
    };
    job.beganAt ??= performance.now();
    work.timers.push(setTimeout(overtime, job.beganAt + seconds * 1_000 - performance.now()));
    worker.run(
      {
        sql: request.sql,
        params: request.params,
        format: request.format,
        limits: request.limits,
        database: {
          key: request.viewKey,
          tables: request.files.tables,
          experiments: request.experiments,
          hidden: request.files.hidden,
          views: options.views.map((view) => ({ name: view.name, sql: view.sql(request.workspace) })),
          threads: options.threadsPerWorker,
          memoryMegabytes: options.memoryMegabytes,
          spillMegabytes: options.spillMegabytes,
        },
        divided: job.retry === "divided",
      },
      {
        header: ({ columns, volatile }) => job.begin({ columns, volatile }),
        progress: (percent) => {
          job.percent = percent;
        },
        bytes: (chunk) => job.settled || job.body.push(chunk),
        ended(message) {
          if (message.kind === "done") job.complete(message.summary);
          else {
            const { detail, reason } = message.failure;
            const { retry } = message;
            const isNext = job.retry === undefined || (job.retry === "fresh" && retry === "divided");
            const isTriedAgain = retry !== undefined && isNext && !job.settled;
            // That memory ran out tells nothing yet: a process that begins has what this one kept of earlier statements.
            if (detail !== undefined && !(isTriedAgain && reason === "out_of_memory"))
              onNotice(`A statement failed (${reason}): ${detail}`);
            if (isTriedAgain) {
              job.retry = retry;
              retries.push(job);
            } else job.fail(fromFailure(message.failure));
          }
          const spent = work.condemned || message.spent || job.retry !== undefined;
          release(worker, work);
          const count = (served.get(worker) ?? 0) + 1;
          served.set(worker, count);
          if (spent || count >= statementsPerWorker) worker.kill();
          else idle.push(worker);
          dispatch();
        },
      },
    );
  }

  function release(worker: QueryWorker, work: Busy): void {
    for (const timer of work.timers) clearTimeout(timer);
    busy.delete(worker);
  }

  /** The caller has their answer at once; the worker gets the time of grace to come to rest. */
  function stop(worker: QueryWorker, work: Busy, error: Error): void {
    work.job.fail(error);
    worker.interrupt();
    worker.resume();
    work.timers.push(
      setTimeout(() => {
        work.condemned = true;
        worker.kill();
      }, options.graceMs),
    );
  }

  function cancel(job: QueryJob, error: Error): void {
    if (job.settled) return;
    for (const list of [waiting, retries]) {
      const place = list.indexOf(job);
      if (place < 0) continue;
      list.splice(place, 1);
      job.fail(error);
    }
    for (const [worker, work] of busy) if (work.job === job) stop(worker, work, error);
  }

  return {
    start(request: EngineRequest): EngineRun {
      if (closing) throw new DomainError("unavailable", "SQL is being shut down.", { retryAfterSeconds: 5 });
      if (waiting.length >= options.waitingMax)
        throw new DomainError(
          "resource_exhausted",
          `${waiting.length} statements are waiting already; try again soon.`,
          {
            reason: "queue_full",
            retryAfterSeconds: 5,
          },
        );
      const job: QueryJob = createQueryJob(request, {
        onRead() {
          for (const [worker, work] of busy) if (work.job === job) worker.resume();
        },
        onAbandoned: () =>
          cancel(
            job,
            new DomainError("failed_precondition", "The result was not read to its end.", {
              reason: "cancelled",
            }),
          ),
      });
      waiting.push(job);
      // Not before anybody asks: many installations never do, and each worker is a process.
      if (!hasBegun) for (let count = 0; count < size; count += 1) start();
      hasBegun = true;
      dispatch();
      const progress = (): ReturnType<EngineRun["progress"]> => {
        const ahead = waiting.indexOf(job);
        if (ahead >= 0) return { state: "waiting", ahead };
        return job.percent === undefined ? { state: "running" } : { state: "running", percent: job.percent };
      };
      return toEngineRun(job, progress, (error) => cancel(job, error));
    },
    load: () => ({ running: busy.size, waiting: waiting.length }),
    async close() {
      if (closing) return closing.promise;
      closing = Promise.withResolvers();
      for (const timer of restarts) clearTimeout(timer);
      const error = new DomainError("unavailable", "SQL is being shut down.", { retryAfterSeconds: 5 });
      for (const job of [...waiting.splice(0), ...retries.splice(0)]) job.fail(error);
      for (const { job } of busy.values()) job.fail(error);
      await Promise.all(starting);
      for (const worker of alive) worker.kill();
      if (alive.size === 0) closing.resolve();
      return closing.promise;
    },
  };
}

function fromFailure({ code, message, reason, field, position }: Failure): StatementError {
  return new StatementError(code, message, { reason, position, ...(field === undefined ? {} : { field }) });
}
