import { DomainError } from "@runweir/errors";
import { isTaken, printVisible, readPage, type Statements, StatementValues } from "@runweir/postgres";
import type { Experiment, ExperimentStore, LifecycleStage } from "@runweir/tracking-domain";
import { experimentOrder, printExperimentCondition } from "../search/experiment-search.ts";
import type { Announcer } from "./announcer.ts";
import { toPairs } from "./run-rows.ts";

const columns = `e.experiment_id, e.name, e.artifact_location, e.lifecycle_stage, e.creation_time, e.last_update_time,
  t.keys AS tag_keys, t.values AS tag_values`;

const tagsJoin = `LEFT JOIN LATERAL (
  SELECT json_agg(x.key) AS keys, json_agg(x.value) AS values
  FROM (SELECT key, value FROM tracking.experiment_tag WHERE experiment_id = e.experiment_id ORDER BY key) x
) t ON TRUE`;

interface ExperimentRow {
  readonly experiment_id: number;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: string;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly tag_keys: readonly string[] | null;
  readonly tag_values: readonly string[] | null;
}

export function experimentStore(database: Statements, { announce }: Announcer): ExperimentStore {
  const announceExperiment = (workspace: string, experimentId: string): void =>
    announce(workspace, { kind: "experiment", experimentId });

  return {
    async createExperiment(workspace, { name, artifactLocation, tags, now }) {
      const [next] = await database.query<{ id: number }>("SELECT nextval('tracking.experiment_id') AS id");
      const experimentId = String(next?.id);
      const rows = await refuseTakenName(
        name,
        database.query(
          `WITH made AS (
             INSERT INTO tracking.experiment (experiment_id, workspace, name, artifact_location, lifecycle_stage,
               creation_time, last_update_time)
             VALUES ($1, $2, $3, $4, 'active', $5, $5) RETURNING experiment_id
           ), tags AS (
             INSERT INTO tracking.experiment_tag (experiment_id, key, value)
             SELECT made.experiment_id, t.key, t.value FROM made, unnest($6::text[], $7::text[]) AS t (key, value)
           )
           SELECT experiment_id FROM made`,
          [
            experimentId,
            workspace,
            name,
            artifactLocation(experimentId),
            now,
            tags.map((tag) => tag.key),
            tags.map((tag) => tag.value),
          ],
        ),
      );
      if (rows.length > 0) announceExperiment(workspace, experimentId);
      return experimentId;
    },

    async findExperiment(workspace, experimentId) {
      const [row] = await database.query<ExperimentRow>(
        `SELECT ${columns} FROM tracking.experiment e ${tagsJoin} WHERE e.experiment_id = $1 AND e.workspace = $2`,
        [experimentId, workspace],
      );
      return row && toExperiment(row);
    },

    async findExperimentByName(workspace, name) {
      const [row] = await database.query<ExperimentRow>(
        `SELECT ${columns} FROM tracking.experiment e ${tagsJoin} WHERE e.name = $1 AND e.workspace = $2`,
        [name, workspace],
      );
      return row && toExperiment(row);
    },

    async searchExperiments(workspace, { where, orderBy, viewType, limit, pageToken, visible = "all" }) {
      const values = new StatementValues();
      const conditions = [`e.workspace = ${values.add(workspace)}`];
      if (viewType !== "ALL")
        conditions.push(`e.lifecycle_stage = '${viewType === "ACTIVE_ONLY" ? "active" : "deleted"}'`);
      if (visible !== "all")
        conditions.push(printVisible(visible, { id: "e.experiment_id", name: "e.name" }, values));
      if (where) conditions.push(printExperimentCondition(where, values));
      const page = await readPage<ExperimentRow>(database, {
        columns,
        tables: `tracking.experiment e ${tagsJoin}`,
        conditions,
        terms: experimentOrder(orderBy),
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toExperiment) };
    },

    async moveExperiment(workspace, experimentId, to, now) {
      const moved = await database.transaction(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE tracking.experiment SET lifecycle_stage = $3, last_update_time = $4
           WHERE experiment_id = $1 AND workspace = $2 AND lifecycle_stage <> $3`,
          [experimentId, workspace, to, now],
        );
        if (rowCount === 0) return false;
        // A statement of its own sees the runs of those whom the one above waited for.
        await client.query(
          `UPDATE tracking.run SET lifecycle_stage = $2, deleted_time = CASE WHEN $2 = 'deleted' THEN $3::bigint END
           WHERE experiment_id = $1 AND lifecycle_stage <> $2`,
          [experimentId, to, now],
        );
        return true;
      });
      if (moved) announceExperiment(workspace, experimentId);
      return moved;
    },

    async renameExperiment(workspace, experimentId, name, now) {
      const renamed = await refuseTakenName(
        name,
        database.query(
          `UPDATE tracking.experiment SET name = $3, last_update_time = $4
           WHERE experiment_id = $1 AND workspace = $2 AND lifecycle_stage = 'active' RETURNING experiment_id`,
          [experimentId, workspace, name, now],
        ),
      );
      if (renamed.length > 0) announceExperiment(workspace, experimentId);
      return renamed.length > 0;
    },

    async setExperimentTag(workspace, experimentId, tag, now) {
      await database.query(
        `WITH touched AS (
           UPDATE tracking.experiment SET last_update_time = $5
           WHERE experiment_id = $1 AND workspace = $2 RETURNING experiment_id
         )
         INSERT INTO tracking.experiment_tag (experiment_id, key, value) SELECT experiment_id, $3, $4 FROM touched
         ON CONFLICT (experiment_id, key) DO UPDATE SET value = EXCLUDED.value`,
        [experimentId, workspace, tag.key, tag.value, now],
      );
      announceExperiment(workspace, experimentId);
    },

    async deleteExperimentTag(workspace, experimentId, key, now) {
      const deleted = await database.query(
        `WITH locked AS (
           SELECT experiment_id FROM tracking.experiment WHERE experiment_id = $1 AND workspace = $2 FOR NO KEY UPDATE
         ), gone AS (
           DELETE FROM tracking.experiment_tag t USING locked
           WHERE t.experiment_id = locked.experiment_id AND t.key = $3 RETURNING t.experiment_id
         )
         UPDATE tracking.experiment e SET last_update_time = $4 FROM gone
         WHERE e.experiment_id = gone.experiment_id RETURNING e.experiment_id`,
        [experimentId, workspace, key, now],
      );
      if (deleted.length > 0) announceExperiment(workspace, experimentId);
      return deleted.length > 0;
    },
  };
}

async function refuseTakenName<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isTaken(error))
      throw new DomainError(
        "already_exists",
        `Experiment(name=${name}) already exists. If it was deleted, its name stays taken: restore it, or choose another.`,
        { field: "name" },
      );
    throw error;
  }
}

function toExperiment(row: ExperimentRow): Experiment {
  return {
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactLocation: row.artifact_location,
    lifecycleStage: row.lifecycle_stage as LifecycleStage,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    tags: toPairs(row.tag_keys, row.tag_values),
  };
}
