import { DomainError } from "@runweir/errors";
import type { RunAnalyses } from "./run-analyses.ts";
import type { SnapshotSql } from "./snapshot-sql.ts";

/** The analyses over a store of runs and the snapshots of a warehouse. */
export function createRunAnalyses(_dependencies: { readonly snapshots: SnapshotSql }): RunAnalyses {
  const missing = () => Promise.reject(new DomainError("not_implemented", "Still to come."));
  return { getRunTable: missing, getGroupCurves: missing, getImportance: missing };
}
