"use client";

import { randomId } from "@runweir/web-ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { askSql } from "./ask-sql.ts";
import { watchProgress } from "./query-progress.ts";
import type { SqlAnswer } from "./read-answer.ts";
import { isCancelled, SqlFailure } from "./sql-failure.ts";
import type { SqlRequest } from "./sql-request.ts";

/** What became of the statement that was run last. */
export type Run =
  | { readonly state: "idle" }
  | {
      readonly state: "running";
      readonly request: SqlRequest;
      readonly since: number;
      /** Statements before this one; undefined once it runs. */
      readonly ahead: number | undefined;
      readonly percent: number | undefined;
      /** The rows that have come; undefined before the first of them. */
      readonly part: SqlAnswer | undefined;
    }
  | {
      readonly state: "cancelled";
      readonly request: SqlRequest;
      readonly milliseconds: number;
      /** The rows that had come. */
      readonly part: SqlAnswer | undefined;
    }
  | { readonly state: "failed"; readonly request: SqlRequest; readonly failure: SqlFailure }
  | (SqlAnswer & { readonly state: "done"; readonly request: SqlRequest; readonly milliseconds: number });

export interface Runner {
  readonly run: Run;
  start(request: SqlRequest): void;
  cancel(): void;
}

/** Runs one statement at a time; a new one takes the place of the one before. */
export function useRun(): Runner {
  const [run, setRun] = useState<Run>({ state: "idle" });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  const start = useCallback((asked: SqlRequest) => {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    const request = { ...asked, id: randomId() };
    const since = performance.now();
    const show = (next: Run) => {
      if (current.current === abort) setRun(next);
    };
    let part: SqlAnswer | undefined;
    show({ state: "running", request, since, ahead: undefined, percent: undefined, part });
    const stopWatching = watchProgress(request.id, ({ ahead, percent }) => {
      // Once rows come, they tell how far it is.
      if (part === undefined) show({ state: "running", request, since, ahead, percent, part });
    });
    const onPart = (come: SqlAnswer) => {
      stopWatching();
      part = come;
      show({ state: "running", request, since, ahead: undefined, percent: undefined, part });
    };
    askSql(request, abort.signal, onPart)
      .finally(stopWatching)
      .then(
        (answer) => show({ state: "done", request, milliseconds: performance.now() - since, ...answer }),
        (error: unknown) => {
          const milliseconds = performance.now() - since;
          if (isCancelled(error)) show({ state: "cancelled", request, milliseconds, part });
          else show({ state: "failed", request, failure: toFailure(error) });
        },
      );
  }, []);

  // Closing the connection is what cancels; the server needs no second word.
  const cancel = useCallback(() => current.current?.abort(), []);
  return { run, start, cancel };
}

function toFailure(error: unknown): SqlFailure {
  if (error instanceof SqlFailure) return error;
  return new SqlFailure(0, error instanceof Error ? error.message : "Something went wrong in this page.");
}
