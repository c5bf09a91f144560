import pg from "pg";
import type { Fleet } from "./fill-registry.ts";

/** The same models, versions, tags, stages and aliases in MLflow's own tables, as its REST interface would have written them. */
export async function fillMlflowRegistry(databaseUrl: string, { models, versions }: Fleet): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const name = "'model-' || lpad(n::text, 6, '0')";
  const series = "generate_series(0, $1::int - 1) AS n";
  try {
    // Newer ones have workspaces in these tables' keys, with a default.
    await client.query(
      `INSERT INTO registered_models (name, creation_time, last_updated_time, description)
       SELECT ${name}, 1790000000000 + n, 1790000000000 + n, 'Predicts something' FROM ${series}`,
      [models],
    );
    await client.query(
      `INSERT INTO registered_model_tags (name, key, value)
       SELECT ${name}, t.key, t.key || '-' || n % t.modulus
       FROM ${series}, (VALUES ('team', 20), ('task', 7)) AS t (key, modulus)`,
      [models],
    );
    await client.query(
      `INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, user_id, current_stage,
         source, run_id, status, storage_location)
       SELECT ${name}, v, 1790000000000 + n * $2::bigint + v, 1790000000000 + n * $2::bigint + v, '', 'user-' || n % 50,
         CASE WHEN v = $2 THEN 'Production' ELSE 'None' END, s.source, 'run-' || n || '-' || v - 1, 'READY', s.source
       FROM ${series}, generate_series(1, $2::int) AS v,
         LATERAL (SELECT 'mlflow-artifacts:/0/run-' || n || '-' || v - 1 || '/artifacts/model' AS source) s`,
      [models, versions],
    );
    await client.query(
      `INSERT INTO registered_model_aliases (name, alias, version) SELECT ${name}, 'champion', 1 + n % ($2::int - 1) FROM ${series}`,
      [models, versions],
    );
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}
