import type { Database } from "@runweir/postgres";

/** Makes experiment 0, Default, where it is missing: what clients log to that name no experiment. */
export async function ensureDefaultExperiment(
  database: Pick<Database, "query">,
  options: {
    readonly workspace: string;
    readonly artifactLocation: (experimentId: string) => string;
    readonly now: number;
  },
): Promise<void> {
  await database.query(
    `INSERT INTO tracking.experiment (experiment_id, workspace, name, artifact_location, lifecycle_stage, creation_time,
       last_update_time)
     VALUES (0, $1, 'Default', $2, 'active', $3, $3) ON CONFLICT DO NOTHING`,
    [options.workspace, options.artifactLocation("0"), options.now],
  );
}
