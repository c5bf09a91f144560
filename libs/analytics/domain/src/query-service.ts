import { createHash } from "node:crypto";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { CallerView, ViewPolicy } from "./caller-view.ts";
import { checkQuery } from "./check-query.ts";
import type { EngineFormat, EngineRun, QueryEngine } from "./query-engine.ts";
import { narrowLimits } from "./query-limits.ts";
import { type CachedResult, createResultCache, type ResultCache } from "./result-cache.ts";
import type { OpenSnapshot, SnapshotSource } from "./snapshot-files.ts";
import type {
  AnsweredSnapshot,
  FailedQuery,
  PlanNode,
  QueryAnswer,
  QueryLimits,
  QueryProgress,
  QuerySummary,
  SqlQuery,
} from "./sql-query.ts";

export interface QueryService {
  runQuery(caller: Caller, query: SqlQuery, signal?: AbortSignal): Promise<QueryAnswer>;
  /** How a statement would be run. */
  planQuery(caller: Caller, query: Omit<SqlQuery, "format">, signal?: AbortSignal): Promise<QueryPlan>;
  /** Of a statement of one's own that has not ended, or that failed in the middle of its answer not long ago; `not_found` else. */
  progressOf(caller: Caller, id: string): QueryProgress | FailedQuery;
  /** Stops a statement of one's own at once; `not_found` if there is none of that id. */
  cancelQuery(caller: Caller, id: string): void;
}

export interface QueryServiceOptions {
  readonly snapshots: SnapshotSource;
  readonly policy: ViewPolicy;
  readonly engine: QueryEngine;
  readonly cacheBytesMax: number;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Failures that are kept for those who were reading; the oldest go first. */
const failuresMax = 1_000;

export function createQueryService(options: QueryServiceOptions): QueryService {
  const cache = createResultCache(options.cacheBytesMax);
  const running = new Map<string, EngineRun | undefined>();
  const failures = new Map<string, unknown>();
  const keepFailure = (name: string, error: unknown) => {
    failures.set(name, error);
    for (const oldest of failures.keys()) {
      if (failures.size <= failuresMax) break;
      failures.delete(oldest);
    }
  };
  const find = (caller: Caller, id: string): EngineRun => {
    const run = running.get(nameOf(caller, id));
    if (run === undefined)
      throw new DomainError("not_found", `No statement with id '${id}' is running.`, { field: "id" });
    return run;
  };
  return {
    runQuery: ask,
    async planQuery(caller, query, signal) {
      const answer = await ask(caller, { ...query, format: "plan" }, signal);
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      return {
        snapshot: answer.snapshot,
        plan: JSON.parse(Buffer.concat(chunks).toString("utf8")) as QueryPlan["plan"],
      };
    },
    progressOf(caller, id) {
      const name = nameOf(caller, id);
      if (failures.has(name)) return { state: "failed", error: failures.get(name) };
      return find(caller, id).progress();
    },
    cancelQuery: (caller, id) => find(caller, id).cancel(cancelled()),
  };

  async function ask(caller: Caller, query: AskedQuery, signal?: AbortSignal): Promise<QueryAnswer> {
    checkQuery(query);
    const id = query.id ?? options.newId();
    const name = nameOf(caller, id);
    if (running.has(name))
      throw new DomainError("already_exists", `A statement with id '${id}' is already running.`, {
        field: "id",
      });
    running.set(name, undefined);
    failures.delete(name);
    const leave = () => running.delete(name);
    try {
      const { experiments, limits } = await options.policy.viewOf(caller);
      const narrowed = narrowLimits(limits, query.limits);
      const snapshot = await options.snapshots.open(caller.workspace, {
        snapshot: query.snapshot,
        tail: query.tail,
      });
      const work = { id, name, query, experiments, limits: narrowed, snapshot, leave };
      return await answer(caller, work, signal).catch((error: unknown) => {
        snapshot.release();
        throw error;
      });
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function answer(caller: Caller, work: Work, signal: AbortSignal | undefined): Promise<QueryAnswer> {
    const { query, snapshot, experiments, limits } = work;
    const params = query.params ?? [];
    const { tailUntil, hidden } = snapshot;
    const viewKey = keyOf([caller.workspace, snapshot.snapshot, tailUntil, hidden, experiments]);
    const key = keyOf([viewKey, query.format, limits, query.sql, params]);
    const about = {
      id: work.id,
      snapshot: {
        number: snapshot.snapshot,
        createdAt: snapshot.createdAt,
        ageSeconds: Math.max(0, (options.now().getTime() - snapshot.createdAt.getTime()) / 1_000),
        tailUntil,
      },
    };
    const known = cache.find(key);
    if (known !== undefined) {
      work.leave();
      snapshot.release();
      return {
        ...about,
        columns: known.columns,
        cached: true,
        body: repeat(known),
        done: Promise.resolve(known.summary),
      };
    }
    if (signal?.aborted) throw cancelled();
    const run = options.engine.start({
      owner: JSON.stringify([caller.workspace, caller.principal.kind, caller.principal.id]),
      workspace: caller.workspace,
      sql: query.sql,
      params,
      format: query.format,
      limits,
      files: snapshot,
      experiments,
      viewKey,
    });
    running.set(work.name, run);
    const abort = () => run.cancel(cancelled());
    signal?.addEventListener("abort", abort, { once: true });
    const end = () => {
      signal?.removeEventListener("abort", abort);
      work.leave();
    };
    void run.done.then(end, end);
    const { columns, volatile } = await run.header;
    // Only now: as long as the header is missing, the caller of this function releases the snapshot.
    void run.done.then(snapshot.release, (error: unknown) => {
      keepFailure(work.name, error);
      snapshot.release();
    });
    const body = volatile ? run.body : remember(run, cache, key, columns);
    return { ...about, columns, cached: false, body, done: run.done };
  }
}

export interface QueryPlan {
  readonly snapshot: AnsweredSnapshot;
  /** What comes last first. */
  readonly plan: readonly PlanNode[];
}

type AskedQuery = Omit<SqlQuery, "format"> & { readonly format: EngineFormat };

interface Work {
  readonly id: string;
  readonly name: string;
  readonly query: AskedQuery;
  readonly experiments: CallerView["experiments"];
  readonly limits: QueryLimits;
  readonly snapshot: OpenSnapshot;
  readonly leave: () => void;
}

/** Passes the bytes on and keeps them, once it is known that they are all of them. */
async function* remember(
  run: EngineRun,
  cache: ResultCache,
  key: string,
  columns: CachedResult["columns"],
): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] | undefined = [];
  let bytes = 0;
  for await (const chunk of run.body) {
    bytes += chunk.byteLength;
    if (bytes > cache.entryBytesMax) chunks = undefined;
    chunks?.push(chunk);
    yield chunk;
  }
  const summary: QuerySummary = await run.done;
  if (chunks !== undefined) cache.keep(key, { columns, chunks, summary });
}

async function* repeat(known: CachedResult): AsyncGenerator<Uint8Array> {
  yield* known.chunks;
}

function cancelled(): DomainError {
  return new DomainError("failed_precondition", "The statement was cancelled.", { reason: "cancelled" });
}

function nameOf(caller: Caller, id: string): string {
  return JSON.stringify([caller.workspace, caller.principal.kind, caller.principal.id, id]);
}

function keyOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}
