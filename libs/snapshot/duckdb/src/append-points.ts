import { type PointSource, pointTables, type SnapshotFile } from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";
import { numberList, printFiles, toTime } from "./print-columns.ts";
import { stagePoints } from "./stage-points.ts";
import { writeFile } from "./write-file.ts";

/**
 * Writes the points of these sources that no file has yet: one sorted file per batch of runs. Returns the new files, and
 * the runs that have points in them.
 */
export async function appendPoints(
  context: BuildContext,
  files: readonly SnapshotFile[],
  sources: readonly PointSource[],
): Promise<{ readonly added: readonly SnapshotFile[]; readonly runNos: ReadonlySet<number> }> {
  const added: SnapshotFile[] = [];
  const runNos = new Set<number>();
  const points = { done: 0, of: countPoints(sources) };
  for (const batch of batchesOf(sources, context.batchPoints)) {
    context.onStep("metric_points", { ...points });
    points.done += countPoints(batch);
    await stagePoints(context, batch);
    const [steps] = await context.duckdb.query<StepRange>(
      `SELECT min(step) AS step_from, max(step) AS step_to FROM (SELECT step FROM stored UNION ALL SELECT step FROM pending)`,
    );
    if (steps?.step_from == null) continue;
    const file = await writeFile(context, pointTables.points, await printFresh(context, files, batch, steps));
    if (!file) continue;
    added.push(file);
    const rows = await context.duckdb.query<{ run_no: number }>(
      `SELECT DISTINCT run_no FROM ${printFiles(pointTables.points, [file], context.folder.locate)}`,
    );
    for (const row of rows) runNos.add(row.run_no);
  }
  await context.duckdb.run(
    "DROP TABLE IF EXISTS stored; DROP TABLE IF EXISTS pending; DROP TABLE IF EXISTS staged_key; DROP TABLE IF EXISTS staged_run",
  );
  return { added, runNos };
}

interface StepRange {
  readonly step_from: number;
  readonly step_to: number;
  readonly [column: string]: unknown;
}

/** NaN equals NaN and -0 equals 0 for DuckDB as for us, in joins as in DISTINCT. */
const identity = "(run_no, key, step, ts, value)";

async function printFresh(
  context: BuildContext,
  files: readonly SnapshotFile[],
  batch: readonly PointSource[],
  steps: StepRange,
): Promise<string> {
  const runNos = batch.map((source) => source.runNo);
  const point = `run_no, key, step::BIGINT AS step, ${toTime("ts")} AS ts, value`;
  const candidates = `SELECT ${point} FROM stored JOIN staged_key USING (key_no)
    UNION ALL (
      SELECT DISTINCT ON ${identity} * FROM (SELECT ${point} FROM pending JOIN staged_key USING (key_no))
      ANTI JOIN (SELECT ${point} FROM stored JOIN staged_key USING (key_no)) USING ${identity}
    )`;
  const known = files.filter((file) => mayHold(file, batch));
  await context.hold(known);
  const fresh =
    known.length === 0
      ? candidates
      : `SELECT * FROM (${candidates}) ANTI JOIN (
           SELECT run_no, key, step, ts, value FROM ${printFiles(pointTables.points, known, context.folder.locate)}
           WHERE run_no IN ${numberList(runNos)} AND step BETWEEN ${steps.step_from} AND ${steps.step_to}
         ) USING ${identity}`;
  return `SELECT experiment_id::BIGINT AS experiment_id, run_no, run_id, key, step, ts, value, isfinite(value) AS is_finite
    FROM (${fresh}) JOIN staged_run USING (run_no)`;
}

function countPoints(sources: readonly PointSource[]): number {
  return sources.reduce((sum, source) => sum + source.points, 0);
}

function mayHold(file: SnapshotFile, runs: readonly PointSource[]): boolean {
  if (file.table !== pointTables.points.name) return false;
  const [from, to] = file.numbers;
  return runs.some((run) => run.runNo >= from && run.runNo <= to);
}

function* batchesOf(sources: readonly PointSource[], size: number): Generator<readonly PointSource[]> {
  let batch: PointSource[] = [];
  let points = 0;
  for (const source of sources) {
    if (batch.length > 0 && points + source.points > size) {
      yield batch;
      batch = [];
      points = 0;
    }
    batch.push(source);
    points += source.points;
  }
  if (batch.length > 0) yield batch;
}
