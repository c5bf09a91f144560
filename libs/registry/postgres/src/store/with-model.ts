import type { Queryable, Statements } from "@runweir/postgres";

/** Does `work` on a model in one transaction that holds the model's row lock; undefined: there is no such model. */
export function withModel<T>(
  database: Statements,
  workspace: string,
  name: string,
  work: (client: Queryable, modelNo: number) => Promise<T>,
): Promise<T | undefined> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<{ model_no: number }>(
      `SELECT model_no FROM registry.model WHERE workspace = $1 AND name = $2 AND deleted_time IS NULL
       FOR NO KEY UPDATE`,
      [workspace, name],
    );
    const [model] = rows;
    return model && work(client, model.model_no);
  });
}

/** The same for one version of a model that is not deleted; undefined: there is none. */
export function withVersion<T>(
  database: Statements,
  workspace: string,
  name: string,
  version: number,
  work: (client: Queryable, modelNo: number) => Promise<T>,
): Promise<T | undefined> {
  return withModel(database, workspace, name, async (client, modelNo) => {
    const { rows } = await client.query(
      `SELECT FROM registry.model_version WHERE model_no = $1 AND version = $2::bigint AND deleted_time IS NULL`,
      [modelNo, version],
    );
    return rows.length === 0 ? undefined : work(client, modelNo);
  });
}
