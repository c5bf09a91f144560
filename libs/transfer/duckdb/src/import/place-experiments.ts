import type { DuckDb } from "@runweir/duckdb";
import type { TrackingImport } from "@runweir/tracking-domain";
import { readExperiments } from "./exported-rows.ts";
import { type ImportReport, noteDiffering } from "./import-report.ts";

/** Ids here by ids over there; without those whose experiment is in the trash here. */
export async function placeExperiments(
  duckdb: DuckDb,
  { workspace, tracking }: { readonly workspace: string; readonly tracking: TrackingImport },
  report: ImportReport,
): Promise<ReadonlyMap<string, string>> {
  const places = new Map<string, string>();
  for (const experiment of await readExperiments(duckdb)) {
    const name = JSON.stringify(experiment.name);
    const placed = await tracking.placeExperiment(workspace, experiment);
    report.experiments[placed.outcome] += 1;
    report.tagsAdded += placed.addedTags;
    if (placed.outcome === "deleted") {
      report.notes.push(
        `Experiment ${name} is in the trash here, and with it everything of it was left out.`,
      );
      continue;
    }
    places.set(experiment.experimentId, placed.experimentId);
    if (placed.experimentId !== experiment.experimentId)
      report.notes.push(
        `Experiment ${name} has id ${placed.experimentId} here instead of ${experiment.experimentId}.`,
      );
    noteDiffering(report, `Experiment ${name}`, placed.differing);
  }
  return places;
}
