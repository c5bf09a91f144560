import type { Queryable } from "@runweir/postgres";
import type { PlacedExperiment, TrackingImport } from "@runweir/tracking-domain";

type Experiment = Parameters<TrackingImport["placeExperiment"]>[1];

interface Found {
  readonly experiment_id: number;
  readonly artifact_location: string;
  readonly lifecycle_stage: string;
}

export async function placeExperiment(
  client: Queryable,
  workspace: string,
  experiment: Experiment,
  artifactLocation: (experimentId: string) => string,
): Promise<PlacedExperiment> {
  // Whoever imports the same name at this moment is waited for.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tracking.import ' || $1, 0))", [
    workspace,
  ]);
  const { rows } = await client.query<Found>(
    `SELECT experiment_id, artifact_location, lifecycle_stage FROM tracking.experiment
     WHERE workspace = $1 AND name = $2 FOR UPDATE`,
    [workspace, experiment.name],
  );
  const [found] = rows;
  if (found?.lifecycle_stage === "deleted")
    return { outcome: "deleted", experimentId: String(found.experiment_id), addedTags: 0, differing: [] };
  const experimentId = String(
    found?.experiment_id ?? (await make(client, workspace, experiment, artifactLocation)),
  );
  const keys = experiment.tags.map((tag) => tag.key);
  const values = experiment.tags.map((tag) => tag.value);
  const { rows: added } = await client.query(
    `INSERT INTO tracking.experiment_tag (experiment_id, key, value)
     SELECT $1, t.key, t.value FROM unnest($2::text[], $3::text[]) AS t (key, value) ON CONFLICT DO NOTHING
     RETURNING key`,
    [experimentId, keys, values],
  );
  const { rows: differing } = await client.query<{ key: string }>(
    `SELECT t.key FROM unnest($2::text[], $3::text[]) AS t (key, value)
     JOIN tracking.experiment_tag x ON x.experiment_id = $1 AND x.key = t.key AND x.value <> t.value ORDER BY t.key`,
    [experimentId, keys, values],
  );
  const isElsewhere =
    found !== undefined && found.artifact_location !== placeOf(experiment, experimentId, artifactLocation);
  return {
    outcome: found ? "there" : "made",
    experimentId,
    addedTags: found ? added.length : 0,
    differing: [...(isElsewhere ? ["artifact location"] : []), ...differing.map(({ key }) => `tag ${key}`)],
  };
}

/** A place that its server gave it becomes the one that this server gives. */
function placeOf(
  { experimentId: idThere, artifactLocation: place }: Experiment,
  experimentId: string,
  artifactLocation: (experimentId: string) => string,
): string {
  return place === `mlflow-artifacts:/${idThere}` ? artifactLocation(experimentId) : place;
}

async function make(
  client: Queryable,
  workspace: string,
  experiment: Experiment,
  artifactLocation: (experimentId: string) => string,
): Promise<number> {
  const id = await chooseId(client, Number(experiment.experimentId));
  await client.query(
    `INSERT INTO tracking.experiment (experiment_id, workspace, name, artifact_location, lifecycle_stage, creation_time,
       last_update_time)
     VALUES ($1, $2, $3, $4, 'active', $5, $6)`,
    [
      id,
      workspace,
      experiment.name,
      placeOf(experiment, String(id), artifactLocation),
      experiment.creationTime,
      experiment.lastUpdateTime,
    ],
  );
  return id;
}

/** Ids are counted up one by one, so that none is skipped that somebody else is just taking. */
const idsAhead = 100_000;

/** The wanted id when nobody has it, else the next one. */
async function chooseId(client: Queryable, wanted: number): Promise<number> {
  const { rows } = await client.query<{ taken: boolean; last: number }>(
    `SELECT EXISTS (SELECT FROM tracking.experiment WHERE experiment_id = $1) AS taken,
       (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM tracking.experiment_id) AS last`,
    [wanted],
  );
  const { taken, last } = rows[0] as (typeof rows)[number];
  if (!taken && wanted > 0 && wanted <= last) return wanted;
  const steps = !taken && wanted > last && wanted - last <= idsAhead ? wanted - last : 1;
  const { rows: next } = await client.query<{ id: number }>(
    "SELECT max(nextval('tracking.experiment_id')) AS id FROM generate_series(1, $1)",
    [steps],
  );
  // Somebody else may have counted too, and have got the wanted id; the last of ours is nobody else's.
  return next[0]?.id as number;
}
