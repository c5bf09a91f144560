import type { DuckDb } from "@runweir/duckdb";
import type { ImportedRun, ImportOutcome, TrackingImport, TrackingStore } from "@runweir/tracking-domain";
import { compareRun } from "@runweir/transfer-domain";
import type { RunWithPoints } from "./exported-points.ts";
import { type ExportedRun, readRuns } from "./exported-rows.ts";
import { type ImportReport, noteDiffering } from "./import-report.ts";
import { isHere, noteOutcome, rowsAtOnce } from "./outcomes.ts";

interface Target {
  readonly workspace: string;
  readonly tracking: TrackingImport;
  readonly store: Pick<TrackingStore, "readRuns">;
}

/** Runs, each whole but for its points, and compares those that are here then. Answers these. */
export async function placeRuns(
  duckdb: DuckDb,
  target: Target,
  experiments: ReadonlyMap<string, string>,
  report: ImportReport,
  onProgress: (done: number) => void,
): Promise<readonly RunWithPoints[]> {
  const accepted: RunWithPoints[] = [];
  let done = 0;
  for (let batch = await readRuns(duckdb, -1, rowsAtOnce); batch.length > 0; ) {
    const placed = batch.flatMap((one): ExportedRun[] => {
      const experimentId = experiments.get(one.run.info.experimentId);
      if (experimentId === undefined) {
        report.runs.deleted += 1;
        return [];
      }
      return [{ ...one, run: { ...one.run, info: { ...one.run.info, experimentId } } }];
    });
    const outcomes = await target.tracking.placeRuns(
      target.workspace,
      placed.map(({ run }) => run),
    );
    for (const { run } of placed)
      noteOutcome(report, "runs", `Run ${run.info.runId}`, outcomes.get(run.info.runId) as ImportOutcome);
    const here = placed.filter(({ run }) => isHere(outcomes.get(run.info.runId)));
    accepted.push(...here.map(({ run, runNo, points }) => ({ runNo, points, runId: run.info.runId })));
    await compareRuns(
      target,
      here.map(({ run }) => run),
      report,
    );
    done += batch.length;
    onProgress(done);
    batch = await readRuns(duckdb, batch.at(-1)?.runNo ?? 0, rowsAtOnce);
  }
  return accepted;
}

async function compareRuns(
  { workspace, store }: Target,
  exported: readonly ImportedRun[],
  report: ImportReport,
): Promise<void> {
  const byId = new Map(exported.map((run) => [run.info.runId, run]));
  for (const here of await store.readRuns(workspace, [...byId.keys()])) {
    const { runId } = here.info;
    noteDiffering(report, `Run ${runId}`, compareRun(byId.get(runId) as ImportedRun, here));
  }
}
