import type { Statements } from "@runweir/postgres";
import type { OwnershipStore } from "@runweir/tracking-domain";

export function createOwnershipStore({ database }: { readonly database: Statements }): OwnershipStore {
  return {
    async findExperimentsOf(workspace, kind, ids) {
      const [table, column] = kind === "run" ? ["run", "run_id"] : ["logged_model", "model_id"];
      const rows = await database.query<{ id: string; experiment_id: number }>(
        `SELECT ${column} AS id, experiment_id FROM tracking.${table}
         WHERE ${column} = ANY ($1::text[]) AND workspace = $2`,
        [ids, workspace],
        `tracking.find_experiments_of_${table}`,
      );
      return new Map(rows.map((row) => [row.id, String(row.experiment_id)]));
    },

    async findExperimentNames(workspace, experimentIds) {
      const rows = await database.query<{ experiment_id: number; name: string }>(
        `SELECT experiment_id, name FROM tracking.experiment
         WHERE experiment_id = ANY ($1::bigint[]) AND workspace = $2`,
        // Grants may name anything; no other text is the id of an experiment.
        [experimentIds.filter((id) => /^\d{1,18}$/.test(id)), workspace],
        "tracking.find_experiment_names",
      );
      return new Map(rows.map((row) => [String(row.experiment_id), row.name]));
    },

    async findExperimentByName(workspace, name) {
      const [row] = await database.query<{ experiment_id: number }>(
        "SELECT experiment_id FROM tracking.experiment WHERE name = $1 AND workspace = $2",
        [name, workspace],
      );
      return row && { experimentId: String(row.experiment_id) };
    },
  };
}
