import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import { pointTables } from "@runweir/snapshot-domain";
import type { ExportPlan } from "@runweir/transfer-domain";
import { chosen } from "./chosen-rows.ts";
import { planPoints } from "./plan-points.ts";

/** About 30 to 60 MB each. */
const pointsPerFile = 4_000_000;

/** Settles what an export is of: which experiments, by name or id, and how the points are cut into files. */
export async function planExport(
  duckdb: DuckDb,
  choice: Omit<ExportPlan, "format" | "experiments" | "parts"> & {
    readonly experiments: readonly string[];
    readonly pointsPerFile?: number;
  },
): Promise<ExportPlan> {
  const { pointsPerFile: size = pointsPerFile, ...rest } = choice;
  const experiments = rest.experiments.length === 0 ? "all" : await findExperiments(duckdb, rest.experiments);
  const parts = await planPoints(duckdb, chosen(pointTables.summary, { experiments }), size);
  return { ...rest, format: 1, experiments, parts: [...parts] };
}

/** A name counts before an id: experiments may be called like numbers. */
async function findExperiments(duckdb: DuckDb, wanted: readonly string[]): Promise<number[]> {
  const rows = await duckdb.query<{ experiment_id: bigint; name: string }>(
    "SELECT experiment_id, name FROM experiments ORDER BY experiment_id",
  );
  const found = wanted.map((word) => {
    const row =
      rows.find(({ name }) => name === word) ?? rows.find(({ experiment_id: id }) => String(id) === word);
    if (row) return Number(row.experiment_id);
    throw new DomainError(
      "not_found",
      `--experiment: found ${JSON.stringify(word)}, which is neither the name nor the id of an experiment that is not deleted.`,
      { field: "experiment" },
    );
  });
  return [...new Set(found)].sort((a, b) => a - b);
}
