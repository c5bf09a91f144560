import type { Queryable } from "@runweir/postgres";
import type { EntityKind, SourceRow, TableSchema } from "@runweir/snapshot-domain";

const run = "r.experiment_id, r.run_no, r.run_id";
const ofRun = "r.workspace = $1 AND r.lifecycle_stage = 'active' AND r.run_no = ANY ($2::bigint[])";
const ofModel = "m.workspace = $1 AND m.deleted_time IS NULL AND m.model_no = ANY ($2::bigint[])";
const ofLoggedModel = "m.workspace = $1 AND m.lifecycle_stage = 'active' AND m.model_no = ANY ($2::bigint[])";

/** Pairs as one JSON object in text; texts of people may hold anything, so no other separator would do. */
function pairs(table: string, condition: string): string {
  return `coalesce((SELECT json_object_agg(x.key, x.value ORDER BY x.key) FROM ${table} x WHERE ${condition}), '{}')::text`;
}

/**
 * The columns of each copied table, in the order of its schema. The one place that knows the tables of other slices: what
 * is true of the warehouse is read where it is true, without a copy of every slice's model in between.
 */
const statements: Readonly<Record<string, string>> = {
  experiments: `SELECT e.experiment_id, e.name, e.artifact_location, e.creation_time, e.last_update_time,
      ${pairs("tracking.experiment_tag", "x.experiment_id = e.experiment_id")}
    FROM tracking.experiment e
    WHERE e.workspace = $1 AND e.lifecycle_stage = 'active' AND e.experiment_id = ANY ($2::bigint[])`,
  runs: `SELECT ${run}, r.run_name, r.user_id, r.status, r.start_time, r.end_time, r.artifact_uri,
      ${pairs("tracking.run_param", "x.run_no = r.run_no")}, ${pairs("tracking.run_tag", "x.run_no = r.run_no")}
    FROM tracking.run r WHERE ${ofRun}`,
  params: `SELECT ${run}, p.key, p.value, NULL FROM tracking.run r JOIN tracking.run_param p USING (run_no) WHERE ${ofRun}`,
  tags: `SELECT ${run}, t.key, t.value FROM tracking.run r JOIN tracking.run_tag t USING (run_no) WHERE ${ofRun}`,
  datasets: `SELECT ${run}, d.name, d.digest, d.source_type, d.source, d.schema, d.profile, i.context, i.tags::text
    FROM tracking.run r JOIN tracking.run_dataset i USING (run_no) JOIN tracking.dataset d USING (dataset_no)
    WHERE ${ofRun}`,
  run_models: `SELECT ${run}, o.direction, o.model_id, o.step
    FROM tracking.run r JOIN tracking.run_model o USING (run_no) WHERE ${ofRun}`,
  logged_models: `SELECT m.experiment_id, m.model_no, m.model_id, m.name, m.artifact_uri, m.creation_time,
      m.last_update_time, m.status, m.status_message, m.model_type, m.source_run_id, m.creator_id,
      ${pairs("tracking.logged_model_param", "x.model_no = m.model_no")},
      ${pairs("tracking.logged_model_tag", "x.model_no = m.model_no")}
    FROM tracking.logged_model m WHERE ${ofLoggedModel}`,
  logged_model_metrics: `SELECT m.experiment_id, m.model_no, m.model_id, v.key, v.run_no, nullif(v.dataset_name, ''),
      nullif(v.dataset_digest, ''), v.step, v.timestamp, v.value
    FROM tracking.logged_model m JOIN tracking.logged_model_metric v USING (model_no) WHERE ${ofLoggedModel}`,
  models: `SELECT m.model_no, m.name, m.description, m.creator_id, m.creation_time, m.last_update_time, m.last_version,
      ${pairs("registry.model_tag", "x.model_no = m.model_no")}
    FROM registry.model m WHERE ${ofModel}`,
  model_versions: `SELECT m.model_no, m.name, v.version, v.stage, v.description, v.creator_id, v.creation_time,
      v.last_update_time, v.source, v.storage_location, v.run_id, v.run_link, v.logged_model_id, v.status,
      v.status_message,
      coalesce((SELECT json_agg(a.alias ORDER BY a.alias) FROM registry.model_alias a
        WHERE a.model_no = v.model_no AND a.version = v.version), '[]')::text,
      ${pairs("registry.model_version_tag", "x.model_no = v.model_no AND x.version = v.version")}
    FROM registry.model m JOIN registry.model_version v USING (model_no) WHERE ${ofModel} AND v.deleted_time IS NULL`,
};

export async function readRows(
  client: Queryable,
  workspace: string,
  table: TableSchema,
  numbers: readonly number[],
): Promise<readonly SourceRow[]> {
  const { rows } = await client.query<(string | number | boolean | null)[]>({
    rowMode: "array",
    text: statements[table.name] as string,
    values: [workspace, numbers],
  });
  if (table.name !== "params") return rows;
  return rows.map((row) => [...row.slice(0, 5), toNumber(row[4] as string)]);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function toNumber(text: string): number | null {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** Where entities say whose they are. */
export const entityOwners: readonly {
  readonly kind: EntityKind;
  readonly table: string;
  readonly number: string;
}[] = [
  { kind: "experiment", table: "tracking.experiment", number: "experiment_id" },
  { kind: "run", table: "tracking.run", number: "run_no" },
  { kind: "logged_model", table: "tracking.logged_model", number: "model_no" },
  { kind: "model", table: "registry.model", number: "model_no" },
];

const active: Readonly<Record<EntityKind, string>> = {
  experiment:
    "SELECT experiment_id AS number FROM tracking.experiment WHERE workspace = $1 AND lifecycle_stage = 'active'",
  run: "SELECT run_no AS number FROM tracking.run WHERE workspace = $1 AND lifecycle_stage = 'active'",
  logged_model:
    "SELECT model_no AS number FROM tracking.logged_model WHERE workspace = $1 AND lifecycle_stage = 'active'",
  model: "SELECT model_no AS number FROM registry.model WHERE workspace = $1 AND deleted_time IS NULL",
};

/** The numbers of all entities of a kind that are not deleted. */
export async function listNumbers(
  client: Queryable,
  workspace: string,
  kind: EntityKind,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ number: number }>(`${active[kind]} ORDER BY number`, [workspace]);
  return rows.map((row) => row.number);
}
