import type { DuckDb } from "@runweir/duckdb";
import type { LoggedModelMetric, TrackingImport, TrackingStore } from "@runweir/tracking-domain";
import { compareLoggedModel, compareModelMetrics } from "@runweir/transfer-domain";
import { type ExportedModel, readModelMetrics, readModels } from "./exported-rows.ts";
import { type ImportReport, noteDiffering } from "./import-report.ts";
import { isHere, noteOutcome, rowsAtOnce } from "./outcomes.ts";

interface Target {
  readonly workspace: string;
  readonly tracking: TrackingImport;
  readonly store: Pick<TrackingStore, "readLoggedModels" | "writeLoggedModelMetrics">;
}

/** Logged models with their metrics, after the runs that logged these; compares those that are here then. Answers their ids. */
export async function placeLoggedModels(
  duckdb: DuckDb,
  target: Target,
  accepted: { readonly experiments: ReadonlyMap<string, string>; readonly runs: ReadonlySet<string> },
  report: ImportReport,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let batch = await readModels(duckdb, -1, rowsAtOnce); batch.last !== undefined; ) {
    const placed = batch.models.flatMap((model) => {
      const experimentId = accepted.experiments.get(model.experimentId);
      return experimentId === undefined ? [] : [{ ...model, experimentId }];
    });
    report.models.deleted += batch.models.length - placed.length;
    const outcomes = await target.tracking.placeLoggedModels(target.workspace, placed);
    for (const [modelId, outcome] of outcomes)
      noteOutcome(report, "models", `Logged model ${modelId}`, outcome);
    const here = placed.filter(({ modelId }) => isHere(outcomes.get(modelId)));
    for (const { modelId } of here) ids.add(modelId);

    const metrics = await readModelMetrics(
      duckdb,
      batch.models.map(({ modelId }) => modelId),
    );
    const taken = metrics.filter(({ modelId, runId }) => ids.has(modelId) && accepted.runs.has(runId));
    noteLeft(report, metrics, new Set(taken));
    await importMetrics(target, taken, report);
    await compareModels(target, here, taken, report);
    batch = await readModels(duckdb, batch.last, rowsAtOnce);
  }
  return ids;
}

function noteLeft(
  report: ImportReport,
  metrics: readonly LoggedModelMetric[],
  taken: ReadonlySet<LoggedModelMetric>,
): void {
  const left = metrics.filter((metric) => !taken.has(metric));
  report.modelMetrics.left += left.length;
  for (const [modelId, own] of Map.groupBy(left, (metric) => metric.modelId))
    report.notes.push(
      `Logged model ${modelId}: ${own.length} of its metrics were left out, with it or with the runs that logged them: ` +
        `${[...new Set(own.map(({ key }) => key))].join(", ")}.`,
    );
}

/** Those that are not here; the rest is not touched. */
async function importMetrics(
  { workspace, store }: Target,
  exported: readonly LoggedModelMetric[],
  report: ImportReport,
): Promise<void> {
  const ofModel = Map.groupBy(exported, ({ modelId }) => modelId);
  const here = await store.readLoggedModels(workspace, [...ofModel.keys()]);
  const lost = here.flatMap(
    ({ modelId, metrics }) => compareModelMetrics(ofModel.get(modelId) ?? [], metrics).lost,
  );
  for (const [runId, metrics] of Map.groupBy(lost, (metric) => metric.runId))
    await store.writeLoggedModelMetrics(workspace, runId, metrics);
  report.modelMetrics.made += lost.length;
  report.modelMetrics.there += exported.length - lost.length;
}

async function compareModels(
  { workspace, store }: Target,
  exported: readonly ExportedModel[],
  exportedMetrics: readonly LoggedModelMetric[],
  report: ImportReport,
): Promise<void> {
  const ofModel = Map.groupBy(exportedMetrics, ({ modelId }) => modelId);
  const byId = new Map(exported.map((model) => [model.modelId, model]));
  for (const here of await store.readLoggedModels(workspace, [...byId.keys()])) {
    const { modelId } = here;
    const { lost, altered } = compareModelMetrics(ofModel.get(modelId) ?? [], here.metrics);
    noteDiffering(report, `Logged model ${modelId}`, [
      ...compareLoggedModel(byId.get(modelId) as ExportedModel, here),
      ...[...lost, ...altered].map(({ key, runId }) => `metric ${key} of run ${runId}`),
    ]);
  }
}
