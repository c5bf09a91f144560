import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@runweir/errors";
import { refusal, requestServer } from "../ask-server.ts";
import { explainFailure } from "./explain-failure.ts";
import { printResult, type ResultColumn } from "./print-result.ts";

export interface SqlRequest {
  readonly base: string;
  readonly sql: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly snapshot: number | undefined;
  readonly tail: boolean;
  readonly form: SqlForm;
}

export type SqlForm =
  | { readonly kind: "table"; readonly rows: number; readonly width: number }
  | { readonly kind: "csv" | "json" }
  | { readonly kind: "parquet" | "arrow"; readonly file: string };

const mediaTypes = {
  table: "application/json",
  json: "application/json",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.stream",
} as const;

const lookMs = 250;

interface TableAnswer {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
}

/** Runs a statement at a server and hands its answer on: rows to `output`, all that is said about them to `say`. */
export async function runSql(
  request: SqlRequest,
  terminal: {
    readonly output: NodeJS.WritableStream;
    say(text: string): void;
    /** Shows how far it is, in place of what it showed before; empty takes it away. Only where somebody looks. */
    readonly show: ((text: string) => void) | undefined;
  },
  signal: AbortSignal,
): Promise<void> {
  const { base, sql, params, snapshot, tail, form } = request;
  const id = `cli-${randomUUID()}`;
  const began = performance.now();
  const over = new AbortController();
  const watching = terminal.show && watch(base, id, terminal.show, over.signal);
  try {
    const answer = await requestServer(base, "/api/sql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: mediaTypes[form.kind] },
      body: JSON.stringify({
        sql,
        params,
        id,
        ...(snapshot === undefined ? {} : { snapshot }),
        ...(tail ? { tail } : {}),
        ...(form.kind === "table" ? { limits: { rows: form.rows } } : {}),
      }),
      signal,
    });
    if (!answer.ok) throw await explain(base, sql, answer);
    const said = await hand(answer, form, terminal.output, async () => {
      over.abort();
      await watching;
    }).catch(async (error: unknown) => {
      throw signal.aborted ? error : await explainBreak(base, sql, id, error);
    });
    terminal.say([said, describeSource(answer.headers), describeTime(performance.now() - began)].join(", "));
  } finally {
    over.abort();
    await watching;
  }
}

async function hand(
  answer: Response,
  form: SqlForm,
  output: NodeJS.WritableStream,
  settle: () => Promise<void>,
): Promise<string> {
  if (form.kind === "table") {
    const { columns, rows, truncated } = (await answer.json()) as TableAnswer;
    await settle();
    output.write(`${printResult(columns, rows, form.width)}\n`);
    const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
    return truncated ? `the first ${count}; --csv has them all` : count;
  }
  const body = answer.body as ReadableStream<Uint8Array>;
  if ("file" in form) {
    // Under its name it is whole.
    const part = `${form.file}.part`;
    try {
      await pipeline(body, createWriteStream(part));
      await rename(part, form.file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    return `written to ${form.file}`;
  }
  await pipeline(body, output, { end: false });
  return "all rows";
}

async function explain(base: string, sql: string, answer: Response): Promise<DomainError> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { message } = refusal(base, answer, body);
  const { position } = (body ?? {}) as Partial<Failed>;
  return new DomainError("failed_precondition", explainFailure(sql, message, position));
}

/** Why an answer broke off before its end, which nothing in it can say. */
async function explainBreak(base: string, sql: string, id: string, error: unknown): Promise<unknown> {
  const asked = await requestServer(base, `/api/sql/queries/${id}`).catch(() => undefined);
  const found = (asked?.ok ? await asked.json().catch(() => undefined) : undefined) as
    | (Failed & { readonly state: string })
    | undefined;
  if (found?.state !== "failed") return error;
  return new DomainError("failed_precondition", explainFailure(sql, found.message, found.position));
}

interface Failed {
  readonly message: string;
  readonly position?: { readonly offset: number; readonly line: number; readonly column: number };
}

async function watch(
  base: string,
  id: string,
  show: (text: string) => void,
  over: AbortSignal,
): Promise<void> {
  const began = performance.now();
  for (;;) {
    await pause(lookMs, undefined, { signal: over }).catch(() => {});
    if (over.aborted) break;
    const answer = await requestServer(base, `/api/sql/queries/${id}`, { signal: over }).catch(
      () => undefined,
    );
    const state = answer?.ok ? ((await answer.json().catch(() => undefined)) as Progress) : undefined;
    if (state !== undefined && !over.aborted)
      show(`${describeProgress(state)}, ${Math.round((performance.now() - began) / 1_000)} s`);
  }
  show("");
}

type Progress =
  | { readonly state: "waiting"; readonly ahead: number }
  | { readonly state: "running"; readonly percent?: number };

function describeProgress(progress: Progress): string {
  if (progress.state === "waiting") return `waiting behind ${progress.ahead}`;
  return progress.percent === undefined ? "running" : `${Math.floor(progress.percent)} %`;
}

function describeSource(headers: Headers): string {
  const age = Math.round(Number(headers.get("x-runweir-snapshot-age")));
  const until = headers.get("x-runweir-tail-until");
  const tail = until === null ? "" : ` with what came since until ${until}`;
  return `snapshot ${headers.get("x-runweir-snapshot")} of ${age} s ago${tail}`;
}

function describeTime(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
