import type { ArtifactPlaces } from "@runweir/artifacts-domain";
import type { Statements } from "@runweir/postgres";

/** Of all workspaces: a path does not say in which it lies. */
export function createArtifactPlaces({ database }: { readonly database: Statements }): ArtifactPlaces {
  return {
    async findPlaces({ experimentIds, others }) {
      const rows = await database.query<{ workspace: string; experiment_id: number; uri: string }>(
        `SELECT workspace, experiment_id, artifact_location AS uri FROM tracking.experiment
         WHERE experiment_id = ANY ($1::bigint[])
         UNION ALL
         SELECT workspace, experiment_id, artifact_uri FROM tracking.run WHERE run_id = ANY ($2::text[])
         UNION ALL
         SELECT workspace, experiment_id, artifact_uri FROM tracking.logged_model WHERE model_id = ANY ($2::text[])`,
        [experimentIds, others],
        "tracking.find_artifact_places",
      );
      return rows.map(({ workspace, experiment_id, uri }) => ({
        workspace,
        experimentId: String(experiment_id),
        uri,
      }));
    },
  };
}
