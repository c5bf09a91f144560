import type { TableSchema } from "@runweir/snapshot-domain";
import { type ExportPlan, isOfRegistry } from "@runweir/transfer-domain";
import { listOf } from "./print-sql.ts";

/** Which rows of a table belong to the experiments of the export. */
export function chosen(table: TableSchema, { experiments }: Pick<ExportPlan, "experiments">): string {
  if (isOfRegistry(table)) return experiments === "all" ? "true" : "false";
  if (experiments !== "all") return `experiment_id IN ${listOf(experiments)}`;
  // A run may have been restored on its own while its experiment is still deleted.
  return "experiment_id IN (SELECT experiment_id FROM experiments)";
}
