import type { Queryable } from "@runweir/postgres";
import type { ImportedRun, ImportOutcome } from "@runweir/tracking-domain";

interface StoredRow {
  readonly run_id: string;
  readonly run_no: number;
  readonly workspace: string;
  readonly experiment_id: number;
  readonly user_id: string;
  readonly start_time: number;
  readonly lifecycle_stage: string;
}

/** One transaction: a run that is made has everything that belongs to it. */
export async function placeRuns(
  client: Queryable,
  workspace: string,
  runs: readonly ImportedRun[],
): Promise<ReadonlyMap<string, ImportOutcome>> {
  const made = await makeRuns(client, workspace, runs);
  const fresh = runs.flatMap((run) => {
    const runNo = made.get(run.info.runId);
    return runNo === undefined ? [] : [{ run, runNo }];
  });
  await writePairs(client, "tracking.run_param", fresh, "params");
  await writePairs(client, "tracking.run_tag", fresh, "tags");
  await writeDatasets(client, fresh);
  await writeModels(client, fresh);
  return judge(client, workspace, runs, made);
}

interface FreshRun {
  readonly run: ImportedRun;
  readonly runNo: number;
}

async function makeRuns(
  client: Queryable,
  workspace: string,
  runs: readonly ImportedRun[],
): Promise<ReadonlyMap<string, number>> {
  const infos = runs.map((run) => run.info);
  // The lock makes it wait for whoever is deleting the experiment, and then see that it is deleted.
  const { rows } = await client.query<{ run_id: string; run_no: number }>(
    `WITH experiment AS (
       SELECT experiment_id, rtrim(artifact_location, '/') AS place FROM tracking.experiment
       WHERE experiment_id = ANY ($3::bigint[]) AND workspace = $1 AND lifecycle_stage = 'active' FOR SHARE
     )
     INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, end_time,
       artifact_uri, lifecycle_stage)
     SELECT i.run_id, $1, e.experiment_id, i.run_name, i.user_id, i.status, i.start_time, i.end_time,
       e.place || '/' || i.run_id || '/artifacts', 'active'
     FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
       WITH ORDINALITY AS i (run_id, experiment_id, run_name, user_id, status, start_time, end_time, place)
     JOIN experiment e USING (experiment_id) ORDER BY i.place
     ON CONFLICT (run_id) DO NOTHING RETURNING run_id, run_no`,
    [
      workspace,
      infos.map((info) => info.runId),
      infos.map((info) => info.experimentId),
      infos.map((info) => info.runName),
      infos.map((info) => info.userId),
      infos.map((info) => info.status),
      infos.map((info) => info.startTime),
      infos.map((info) => info.endTime),
    ],
  );
  return new Map(rows.map((row) => [row.run_id, row.run_no]));
}

async function writePairs(
  client: Queryable,
  table: "tracking.run_param" | "tracking.run_tag",
  fresh: readonly FreshRun[],
  kind: "params" | "tags",
): Promise<void> {
  const pairs = fresh.flatMap(({ run, runNo }) => run[kind].map(({ key, value }) => ({ runNo, key, value })));
  if (pairs.length === 0) return;
  await client.query(
    `INSERT INTO ${table} (run_no, key, value) SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])`,
    [pairs.map((pair) => pair.runNo), pairs.map((pair) => pair.key), pairs.map((pair) => pair.value)],
  );
}

async function writeDatasets(client: Queryable, fresh: readonly FreshRun[]): Promise<void> {
  const inputs = fresh.flatMap(({ run, runNo }) =>
    run.datasetInputs.map(({ dataset, tags }) => ({
      runNo,
      experimentId: run.info.experimentId,
      dataset,
      tags: JSON.stringify(Object.fromEntries(tags.map((tag) => [tag.key, tag.value]))),
    })),
  );
  if (inputs.length === 0) return;
  const columns = [
    inputs.map((input) => input.experimentId),
    inputs.map(({ dataset }) => dataset.name),
    inputs.map(({ dataset }) => dataset.digest),
  ];
  await client.query(
    `INSERT INTO tracking.dataset (experiment_id, name, digest, source_type, source, schema, profile)
     SELECT DISTINCT ON (d.experiment_id, d.name, d.digest) d.*
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS d (experiment_id, name, digest, source_type, source, schema, profile)
     ORDER BY d.experiment_id, d.name, d.digest ON CONFLICT (experiment_id, name, digest) DO NOTHING`,
    [
      ...columns,
      inputs.map(({ dataset }) => dataset.sourceType),
      inputs.map(({ dataset }) => dataset.source),
      inputs.map(({ dataset }) => dataset.schema ?? null),
      inputs.map(({ dataset }) => dataset.profile ?? null),
    ],
  );
  // A statement of its own sees datasets that another writer has just made.
  await client.query(
    `INSERT INTO tracking.run_dataset (run_no, dataset_no, tags)
     SELECT i.run_no, d.dataset_no, i.tags::jsonb
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[]) AS i (experiment_id, name, digest, run_no, tags)
     JOIN tracking.dataset d USING (experiment_id, name, digest)`,
    [...columns, inputs.map((input) => input.runNo), inputs.map((input) => input.tags)],
  );
}

async function writeModels(client: Queryable, fresh: readonly FreshRun[]): Promise<void> {
  const models = fresh.flatMap(({ run, runNo }) => [
    ...run.modelInputs.map(({ modelId }) => ({ runNo, direction: "input", modelId, step: 0 })),
    ...run.modelOutputs.map(({ modelId, step }) => ({ runNo, direction: "output", modelId, step })),
  ]);
  if (models.length === 0) return;
  await client.query(
    `INSERT INTO tracking.run_model (run_no, direction, model_id, step)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) ON CONFLICT DO NOTHING`,
    [
      models.map((model) => model.runNo),
      models.map((model) => model.direction),
      models.map((model) => model.modelId),
      models.map((model) => model.step),
    ],
  );
}

async function judge(
  client: Queryable,
  workspace: string,
  runs: readonly ImportedRun[],
  made: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, ImportOutcome>> {
  const { rows } = await client.query<StoredRow>(
    `SELECT run_id, run_no, workspace, experiment_id, user_id, start_time, lifecycle_stage
     FROM tracking.run WHERE run_id = ANY ($1::text[])`,
    [runs.map((run) => run.info.runId)],
  );
  const stored = new Map(rows.map((row) => [row.run_id, row]));
  return new Map(
    runs.map(({ info }): [string, ImportOutcome] => {
      if (made.has(info.runId)) return [info.runId, "made"];
      const row = stored.get(info.runId);
      // Not there and not made: its experiment was deleted at this moment.
      if (!row) return [info.runId, "deleted"];
      const same =
        row.workspace === workspace &&
        String(row.experiment_id) === info.experimentId &&
        row.user_id === info.userId &&
        row.start_time === info.startTime;
      if (!same) return [info.runId, "taken"];
      return [info.runId, row.lifecycle_stage === "active" ? "there" : "deleted"];
    }),
  );
}
