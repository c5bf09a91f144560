import type { Queryable } from "@runweir/postgres";
import type { ImportOutcome, TrackingImport } from "@runweir/tracking-domain";

type Model = Parameters<TrackingImport["placeLoggedModels"]>[1][number];

/** One transaction: a model that is made has its params and tags. */
export async function placeLoggedModels(
  client: Queryable,
  workspace: string,
  models: readonly Model[],
): Promise<ReadonlyMap<string, ImportOutcome>> {
  const { rows: made } = await client.query<{ model_id: string; model_no: number }>(
    `WITH experiment AS (
       SELECT experiment_id, rtrim(artifact_location, '/') AS place FROM tracking.experiment
       WHERE experiment_id = ANY ($3::bigint[]) AND workspace = $1 AND lifecycle_stage = 'active' FOR SHARE
     )
     INSERT INTO tracking.logged_model (model_id, workspace, experiment_id, name, artifact_uri, creation_time,
       last_update_time, status, status_message, model_type, source_run_id, creator_id)
     SELECT i.model_id, $1, e.experiment_id, i.name, e.place || '/models/' || i.model_id || '/artifacts', i.creation_time,
       i.last_update_time, i.status, i.status_message, i.model_type, i.source_run_id, i.creator_id
     FROM unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[],
         $10::text[], $11::text[])
       WITH ORDINALITY AS i (model_id, experiment_id, name, creation_time, last_update_time, status, status_message, model_type,
         source_run_id, creator_id, place)
     JOIN experiment e USING (experiment_id) ORDER BY i.place
     ON CONFLICT (model_id) DO NOTHING RETURNING model_id, model_no`,
    [
      workspace,
      models.map((model) => model.modelId),
      models.map((model) => model.experimentId),
      models.map((model) => model.name),
      models.map((model) => model.creationTime),
      models.map((model) => model.lastUpdateTime),
      models.map((model) => model.status),
      models.map((model) => model.statusMessage ?? null),
      models.map((model) => model.modelType ?? null),
      models.map((model) => model.sourceRunId ?? null),
      models.map((model) => model.creatorId ?? null),
    ],
  );
  const numbers = new Map(made.map((row) => [row.model_id, row.model_no]));
  for (const kind of ["param", "tag"] as const) {
    const pairs = models.flatMap((model) => {
      const modelNo = numbers.get(model.modelId);
      if (modelNo === undefined) return [];
      return model[`${kind}s`].map(({ key, value }) => ({ modelNo, key, value }));
    });
    await client.query(
      `INSERT INTO tracking.logged_model_${kind} (model_no, key, value)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])`,
      [pairs.map((pair) => pair.modelNo), pairs.map((pair) => pair.key), pairs.map((pair) => pair.value)],
    );
  }
  return judge(client, workspace, models, numbers);
}

async function judge(
  client: Queryable,
  workspace: string,
  models: readonly Model[],
  made: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, ImportOutcome>> {
  const { rows } = await client.query<{
    model_id: string;
    workspace: string;
    experiment_id: number;
    creation_time: number;
    lifecycle_stage: string;
  }>(
    `SELECT model_id, workspace, experiment_id, creation_time, lifecycle_stage
     FROM tracking.logged_model WHERE model_id = ANY ($1::text[])`,
    [models.map((model) => model.modelId)],
  );
  const stored = new Map(rows.map((row) => [row.model_id, row]));
  return new Map(
    models.map((model): [string, ImportOutcome] => {
      if (made.has(model.modelId)) return [model.modelId, "made"];
      const row = stored.get(model.modelId);
      if (!row) return [model.modelId, "deleted"];
      const same =
        row.workspace === workspace &&
        String(row.experiment_id) === model.experimentId &&
        row.creation_time === model.creationTime;
      if (!same) return [model.modelId, "taken"];
      return [model.modelId, row.lifecycle_stage === "active" ? "there" : "deleted"];
    }),
  );
}
