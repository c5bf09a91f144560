import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChildServer, startRunweir } from "@runweir/server";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { prepareMlflow } from "../tracking/prepare-mlflow.ts";
import { median } from "../tracking/report-ratios.ts";
import { type Filled, fillMlflow, fillRunweir, shape } from "./question-data.ts";
import { type Question, questions } from "./questions.ts";

interface Answered {
  readonly question: string;
  readonly runweirMs: number;
  readonly mlflowMs: number;
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Questions about many runs, asked of Runweir in SQL and of the real MLflow server in the only way its users have
 * (`search_runs` and `get_metric_history`), in turn, round after round. The faster of four workers and one counts.
 */
export async function benchQuestions(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const mlflow = await prepareMlflow(folder);
  const started: ChildServer[] = [];
  try {
    const runweir = await startRunweir(folder, { RUNWEIR_LOG_LEVEL: "warn" }, ["--no-pages"]);
    started.push(runweir);
    const servers = [await mlflow.start(4), await mlflow.start(1)] as const;
    started.push(...servers);
    const ours = await fillRunweir(runweir.url);
    const filled = await fillMlflow(servers[0].url, mlflow.databaseUrl);
    const theirs = servers.map(({ url }) => ({ ...filled, url }));
    const points = shape.experiments * shape.runs * shape.keys * shape.steps;
    console.log(
      `${points} points of ${shape.experiments * shape.runs} runs in ${shape.experiments} experiments\n`,
    );
    const answered: Answered[] = [];
    for (const question of questions.filter(({ name }) => name.includes(options.only))) {
      const one = await compare(question, ours, theirs, options.rounds);
      answered.push(one);
      console.log(format(one));
    }
    console.log(`\n${unfair}`);
    if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(answered, null, 2)}\n`);
  } finally {
    for (const server of started) await server.stop();
    await mlflow.stopDatabase();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  question: Question,
  ours: Filled,
  theirs: readonly Filled[],
  rounds: number,
): Promise<Answered> {
  const times: { readonly runweir: number; readonly mlflow: number }[] = [];
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const own = await timed(() => question.ofRunweir(ours, round));
    const other = [];
    for (const server of theirs) {
      const answer = await timed(() => question.ofMlflow(server));
      requireSame(question.name, own.answer, answer.answer);
      other.push(answer.ms);
    }
    if (round > 0) times.push({ runweir: own.ms, mlflow: Math.min(...other) });
  }
  const ratios = times.map(({ runweir, mlflow }) => mlflow / runweir);
  return {
    question: question.name,
    runweirMs: median(times.map(({ runweir }) => runweir)),
    mlflowMs: median(times.map(({ mlflow }) => mlflow)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}

async function timed(work: () => Promise<readonly number[]>) {
  const began = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - began };
}

function requireSame(name: string, ours: readonly number[], theirs: readonly number[]): void {
  const same =
    ours.length === theirs.length &&
    ours.every((value, i) => Math.abs(value - (theirs[i] as number)) < 1e-12);
  if (!same)
    throw new Error(
      `"${name}" has two answers: ${ours.length} numbers beginning with ${ours.slice(0, 3)}, and ${theirs.length} with ${theirs.slice(0, 3)}`,
    );
}

function format(one: Answered): string {
  return `${one.question}: ${one.runweirMs.toFixed(1)} ms, MLflow ${one.mlflowMs.toFixed(1)} ms: ${one.ratio.toFixed(1)}x (${one.lowest.toFixed(1)}-${one.highest.toFixed(1)})`;
}

const unfair = `What is not fair here: all share the same two cores; MLflow's numbers were written with SQL; its answers are read by Node over
eight connections, which is quicker than its Python client; Runweir's statements are new ones every time, never from its cache of results,
but its workers have the files open after the first round.`;
