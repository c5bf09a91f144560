import { readApplied } from "../service/read-applied.ts";
import type { TrackingStore } from "../tracking-store.ts";
import { type GroupCurvesDependencies, groupCurvesService } from "./group-curves-service.ts";
import { type ImportanceDependencies, importanceService } from "./importance-service.ts";
import type { RunAnalyses } from "./run-analyses.ts";
import { type RunTableDependencies, runTableService } from "./run-table-service.ts";

export interface AnalysisDependencies
  extends RunTableDependencies,
    Pick<GroupCurvesDependencies, "curves" | "currency">,
    Pick<ImportanceDependencies, "growForest" | "breathe"> {
  readonly store: RunTableDependencies["store"] & Pick<TrackingStore, "listKeys">;
}

/** Analyses of many runs, over the store and the snapshots of a warehouse; `createRunAnalyses` is called once per process. */
export function createRunAnalyses(dependencies: AnalysisDependencies): RunAnalyses {
  const { store, log, currency, curves, growForest, breathe } = dependencies;
  const metricReader = readApplied(dependencies.metricReader, log);
  const { getRunTable } = runTableService(dependencies);
  return {
    getRunTable,
    ...groupCurvesService({ curves, currency, catchUp: metricReader.catchUp }, getRunTable),
    ...importanceService(
      { growForest, breathe, listKeys: (...asked) => store.listKeys(...asked) },
      getRunTable,
    ),
  };
}
