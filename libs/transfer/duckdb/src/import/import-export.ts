import type { DuckDb } from "@runweir/duckdb";
import type { TrackingImport, TrackingStore } from "@runweir/tracking-domain";
import type { ExportProgress } from "../export-progress.ts";
import {
  type ArtifactsTarget,
  checkArtifacts,
  importArtifacts,
  readArtifactList,
} from "./import-artifacts.ts";
import { importPoints, type PointsTarget } from "./import-points.ts";
import { importRegistry, type RegistryTarget } from "./import-registry.ts";
import { createImportReport, type ImportReport } from "./import-report.ts";
import { placeExperiments } from "./place-experiments.ts";
import { placeLoggedModels } from "./place-logged-models.ts";
import { placeRuns } from "./place-runs.ts";
import { checkFiles, type ExportSource, openViews } from "./read-export.ts";

export interface ImportTarget extends PointsTarget, RegistryTarget, ArtifactsTarget {
  readonly tracking: TrackingImport;
  readonly store: Pick<TrackingStore, "readRuns" | "readLoggedModels" | "writeLoggedModelMetrics">;
}

/**
 * Puts an export into a Runweir. Every file is compared with its checksum before anything is taken. Experiments come first,
 * then runs (each whole but for its points), models, points, artifacts and the registry; whatever is here already is left as it is, so an
 * import that was interrupted goes on when it is repeated. What is here in the end is compared with the export, all of it.
 */
export async function importExport(
  duckdb: DuckDb,
  source: ExportSource,
  target: ImportTarget,
  onProgress: (progress: ExportProgress) => void,
): Promise<ImportReport> {
  const { root, manifest } = source;
  await checkFiles(source, (done, of) => onProgress({ what: "checking", done, of }));
  await openViews(duckdb, source);
  const artifacts = await readArtifactList(duckdb);
  await checkArtifacts(root, artifacts, (done, of) => onProgress({ what: "checking artifacts", done, of }));

  const report = createImportReport();
  for (const { owner, reason } of manifest.artifacts.left)
    report.notes.push(`The export is without the artifacts of ${owner}: ${reason}`);
  const { tracking, store } = target;
  const place = { workspace: target.caller.workspace, tracking, store };
  const experiments = await placeExperiments(duckdb, place, report);
  const runs = await placeRuns(duckdb, place, experiments, report, (done) =>
    onProgress({ what: "runs", done, of: manifest.rows.runs ?? 0 }),
  );
  const runIds = new Set(runs.map(({ runId }) => runId));
  const models = await placeLoggedModels(duckdb, place, { experiments, runs: runIds }, report);

  let points = 0;
  const of = runs.reduce((sum, run) => sum + run.points, 0);
  onProgress({ what: "points", done: 0, of });
  report.pointsAdded = await importPoints(duckdb, runs, target, {
    onProgress(count) {
      points += count;
      onProgress({ what: "points", done: points, of });
    },
    onNote(text) {
      report.differing += 1;
      report.notes.push(text);
    },
  });
  report.pointsThere = of - report.pointsAdded;

  await importArtifacts(target, root, artifacts, { run: runIds, model: models }, report, (done) =>
    onProgress({ what: "artifacts", done, of: artifacts.length }),
  );
  await importRegistry(duckdb, target, report, (done) =>
    onProgress({ what: "registered models", done, of: manifest.rows.models ?? 0 }),
  );
  return report;
}
