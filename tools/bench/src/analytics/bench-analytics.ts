import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { ingestBeside } from "./ingest-beside.ts";
import { aggregateSql, chartQuestion, type Question, summaryQuestion } from "./questions.ts";
import { type GeneratedFiles, prepareFiles } from "./write-files.ts";

const callers = 8;
const exportedMax = 10_000_000;
const types = {
  json: "application/json",
  arrow: "application/vnd.apache.arrow.stream",
  parquet: "application/vnd.apache.parquet",
} as const;

interface Measured {
  readonly what: string;
  readonly value: string;
  readonly aim: string;
}

/**
 * SQL over generated snapshots of any size, asked over HTTP as people do, with the warehouse's own settings; in each round
 * on a machine that does nothing else, and beside a Runweir that takes points in.
 */
export async function benchAnalytics(options: BenchOptions): Promise<void> {
  const { data } = options;
  if (data !== undefined) await mkdir(data, { recursive: true });
  const folder = data === undefined ? await mkdtemp(join(tmpdir(), "runweir-bench-sql-")) : resolve(data);
  const began = performance.now();
  const files = await prepareFiles(folder, options.points);
  console.log(
    `${files.points} points of ${files.runs} runs in ${files.experiments} experiments, ready after ${seconds(performance.now() - began)}`,
  );
  await writeFile(join(folder, "tables.json"), JSON.stringify(files.tables));
  const server = fork(new URL("./serve-sql.ts", import.meta.url), [folder], {
    execPath: process.execPath,
    // As apps/cli starts the warehouse.
    execArgv: ["--initial-old-space-size=64"],
  });
  try {
    const [url] = (await once(server, "message")) as [string];
    const results: Measured[] = [];
    for (let round = 1; round <= options.rounds; round += 1)
      for (const beside of ["nothing", "ingestion"].filter((name) => name.includes(options.only))) {
        console.log(`round ${round}, beside ${beside}`);
        const load = beside === "ingestion" ? await ingestBeside() : undefined;
        // No statement of a round is one of another: nothing is answered from memory that should not be.
        const numbered = 2 * round + (load ? 1 : 0);
        try {
          for (const measure of [askSummaries, askCharts, askAggregate, exportRows])
            for (const { what, value, aim } of await measure(url, files, numbered)) {
              console.log(`  ${what.padEnd(58)} ${value.padStart(18)}   aim ${aim}`);
              results.push({ what: `${what}, beside ${beside}`, value, aim });
            }
        } finally {
          const taken = await load?.end();
          if (taken !== undefined) console.log(`  ${taken}`);
        }
      }
    if (options.rounds > 1) printSpread(results);
    if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(results, undefined, 2)}\n`);
  } finally {
    server.kill("SIGTERM");
    if (server.exitCode === null) await once(server, "exit");
    if (data === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function askSummaries(url: string, files: GeneratedFiles, round: number): Promise<readonly Measured[]> {
  const count = 240;
  const first = round * 10_000;
  const askAll = async (from: number, people: number): Promise<readonly number[]> => {
    let next = 0;
    const times: number[] = [];
    const call = async (_: unknown, number: number) => {
      const caller = `person-${number % people}`;
      while (next < count) {
        next += 1;
        times.push(await ask(url, summaryQuestion(from + next, files.experiments), "json", caller));
      }
    };
    await Promise.all(Array.from({ length: callers }, call));
    return times;
  };
  // Workers open the files with their first questions.
  for (let warm = 0; warm < 12; warm += 1)
    await ask(url, summaryQuestion(first + 5_000 + warm, files.experiments), "json");
  const fresh = await askAll(first, callers);
  const cached = await askAll(first, callers);
  // Nobody holds all workers: one who asks eight things at once leaves one of the three to others.
  const ofOne = await askAll(first + 2_000, 1);
  return [
    { what: `summaries, ${callers} callers, uncached, p50 / p95`, value: spread(fresh), aim: "p95 < 100 ms" },
    { what: `summaries, ${callers} callers, cached, p50 / p95`, value: spread(cached), aim: "p95 < 20 ms" },
    { what: `summaries, one caller ${callers} times, uncached`, value: spread(ofOne), aim: "-" },
  ];
}

async function askCharts(url: string, files: GeneratedFiles, round: number): Promise<readonly Measured[]> {
  const times: number[] = [];
  for (let number = 0; number < 30; number += 1)
    times.push(await ask(url, chartQuestion(round * 1_000 + number * 7, files.experiments), "arrow"));
  return [
    { what: "chart of 100 series in 100 buckets, p50 / p95", value: spread(times), aim: "p95 < 150 ms" },
  ];
}

async function askAggregate(
  url: string,
  _files: GeneratedFiles,
  round: number,
): Promise<readonly Measured[]> {
  const whole = await ask(url, { sql: `${aggregateSql} -- ${round}`, params: [] }, "json");
  const id = `bench-${round}`;
  const at = `${url}/api/sql/queries/${id}`;
  // Longer than any answer: what is cancelled must be under way.
  const endless = `SELECT sum(a.value * b.value) FROM metric_points a, metric_points b WHERE a.step + b.step > ${round}`;
  const asked = send(url, { sql: endless, params: [] }, "json", { id });
  let progress: number | undefined;
  while (progress === undefined) {
    const state = (await (await fetch(at)).json()) as { readonly percent?: number };
    progress = state.percent;
  }
  const began = performance.now();
  await fetch(at, { method: "DELETE" });
  const cancelled = await asked;
  const answered = performance.now() - began;
  if (cancelled.status !== 409) throw new Error(`A cancelled statement was answered ${cancelled.status}.`);
  const after = performance.now();
  await ask(url, { sql: `SELECT ${round}`, params: [] }, "json");
  return [
    { what: "aggregate over all points", value: seconds(whole), aim: "with progress" },
    { what: "cancel, until it is answered", value: milliseconds(answered), aim: "< 200 ms" },
    { what: "the next statement after it", value: milliseconds(performance.now() - after), aim: "-" },
  ];
}

async function exportRows(url: string, files: GeneratedFiles, round: number): Promise<readonly Measured[]> {
  const rows = Math.min(files.points, exportedMax);
  const measured: Measured[] = [];
  for (const [format, aim] of [
    ["parquet", "2 M rows/s"],
    ["arrow", "1 M rows/s"],
  ] as const) {
    const time = await ask(
      url,
      { sql: `SELECT * FROM metric_points LIMIT ${rows} -- ${round}`, params: [] },
      format,
    );
    const rate = `${(rows / time / 1_000).toFixed(2)} M rows/s`;
    measured.push({ what: `export of ${rows} points of 8 columns, ${format}`, value: rate, aim });
  }
  return measured;
}

/** Milliseconds from the question to the last byte of its answer. */
async function ask(
  url: string,
  question: Question,
  format: keyof typeof types,
  caller?: string,
): Promise<number> {
  const began = performance.now();
  const answer = await send(url, question, format, { caller });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  for (let done = false; !done; ) ({ done } = await reader.read());
  return performance.now() - began;
}

function send(
  url: string,
  { sql, params }: Question,
  format: keyof typeof types,
  { id, caller = "nobody" }: { readonly id?: string; readonly caller?: string | undefined } = {},
): Promise<Response> {
  return fetch(`${url}/api/sql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: types[format], "x-caller": caller },
    body: JSON.stringify({ sql, params, history: false, ...(id === undefined ? {} : { id }) }),
  });
}

/** Every figure of every round, by what was measured. */
function printSpread(results: readonly Measured[]): void {
  for (const [what, rounds] of Map.groupBy(results, (one) => one.what))
    console.log(`${what.padEnd(78)} ${rounds.map(({ value }) => value).join(" | ")}`);
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] as number;
  return `${at(0.5).toFixed(1)} / ${at(0.95).toFixed(1)} ms`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}

function seconds(time: number): string {
  return `${(time / 1_000).toFixed(2)} s`;
}
