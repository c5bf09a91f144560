import { DomainError } from "@runweir/errors";
import { readPage, type Statements, StatementValues } from "@runweir/postgres";
import type { LoggedModelStore } from "@runweir/tracking-domain";
import { printDatasets, printModelCondition, printModelOrder } from "../search/logged-model-search.ts";
import type { Announcer } from "./announcer.ts";
import { type LoggedModelRow, modelColumns, modelJoins, toLoggedModel } from "./logged-model-rows.ts";
import { writeLoggedModelMetrics } from "./write-logged-model-metrics.ts";

interface Touched {
  readonly experiment_id: number;
}

export function loggedModelStore(database: Statements, { announce }: Announcer): LoggedModelStore {
  const announceModel = (workspace: string, modelId: string, rows: readonly Touched[]): boolean => {
    for (const row of rows)
      announce(workspace, { kind: "model", experimentId: String(row.experiment_id), modelId });
    return rows.length > 0;
  };

  return {
    async createLoggedModel(workspace, model) {
      const rows = await database.query<Touched>(
        `WITH made AS (
           INSERT INTO tracking.logged_model (model_id, workspace, experiment_id, name, artifact_uri, creation_time,
             last_update_time, status, status_message, model_type, source_run_id, creator_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING model_no, experiment_id
         ), params AS (
           INSERT INTO tracking.logged_model_param (model_no, key, value)
           SELECT model_no, p.key, p.value FROM made, unnest($13::text[], $14::text[]) AS p (key, value)
         ), tags AS (
           INSERT INTO tracking.logged_model_tag (model_no, key, value)
           SELECT model_no, t.key, t.value FROM made, unnest($15::text[], $16::text[]) AS t (key, value)
         )
         SELECT experiment_id FROM made`,
        [
          model.modelId,
          workspace,
          model.experimentId,
          model.name,
          model.artifactUri,
          model.creationTime,
          model.lastUpdateTime,
          model.status,
          model.statusMessage ?? null,
          model.modelType ?? null,
          model.sourceRunId ?? null,
          model.creatorId ?? null,
          model.params.map((param) => param.key),
          model.params.map((param) => param.value),
          model.tags.map((tag) => tag.key),
          model.tags.map((tag) => tag.value),
        ],
      );
      announceModel(workspace, model.modelId, rows);
    },

    async findLoggedModel(workspace, modelId) {
      const [row] = await database.query<LoggedModelRow>(
        `SELECT ${modelColumns} FROM tracking.logged_model m ${modelJoins}
         WHERE m.model_id = $1 AND m.workspace = $2 AND m.lifecycle_stage = 'active'`,
        [modelId, workspace],
      );
      return row && toLoggedModel(row);
    },

    async readLoggedModels(workspace, modelIds) {
      const rows = await database.query<LoggedModelRow>(
        `SELECT ${modelColumns} FROM tracking.logged_model m ${modelJoins}
         WHERE m.model_id = ANY ($1::text[]) AND m.workspace = $2 AND m.lifecycle_stage = 'active'`,
        [modelIds, workspace],
      );
      return rows.map(toLoggedModel);
    },

    async findLoggedModelIds(workspace, modelIds) {
      const rows = await database.query<{ model_id: string }>(
        `SELECT model_id FROM tracking.logged_model
         WHERE model_id = ANY ($1::text[]) AND workspace = $2 AND lifecycle_stage = 'active'`,
        [modelIds, workspace],
      );
      return rows.map((row) => row.model_id);
    },

    async setLoggedModelStatus(workspace, modelId, status, now) {
      const rows = await database.query<Touched>(
        `${touch(", status = $4")} SELECT experiment_id FROM touched`,
        [modelId, workspace, now, status],
      );
      return announceModel(workspace, modelId, rows);
    },

    async deleteLoggedModel(workspace, modelId, now) {
      const rows = await database.query<Touched>(
        `${touch(", lifecycle_stage = 'deleted'")} SELECT experiment_id FROM touched`,
        [modelId, workspace, now],
      );
      return announceModel(workspace, modelId, rows);
    },

    async setLoggedModelTags(workspace, modelId, tags, now) {
      const rows = await database.query<Touched>(
        `${touch()}, tags AS (
           INSERT INTO tracking.logged_model_tag (model_no, key, value)
           SELECT model_no, t.key, t.value FROM touched, unnest($4::text[], $5::text[]) AS t (key, value)
           ON CONFLICT (model_no, key) DO UPDATE SET value = EXCLUDED.value
         )
         SELECT experiment_id FROM touched`,
        [modelId, workspace, now, tags.map((tag) => tag.key), tags.map((tag) => tag.value)],
      );
      return announceModel(workspace, modelId, rows);
    },

    async editLoggedModelTag(workspace, modelId, key, edit, now) {
      return database.transaction(async (client) => {
        const { rows } = await client.query<{ model_no: number; experiment_id: number }>(
          `${touch()} SELECT model_no, experiment_id FROM touched`,
          [modelId, workspace, now],
        );
        const [model] = rows;
        if (!model) return false;
        // Read once the lock is held: the statement above may have waited for another writer.
        const { rows: tags } = await client.query<{ value: string }>(
          "SELECT value FROM tracking.logged_model_tag WHERE model_no = $1 AND key = $2",
          [model.model_no, key],
        );
        await client.query(
          `INSERT INTO tracking.logged_model_tag (model_no, key, value) VALUES ($1, $2, $3)
           ON CONFLICT (model_no, key) DO UPDATE SET value = EXCLUDED.value`,
          [model.model_no, key, edit(tags[0]?.value)],
        );
        return announceModel(workspace, modelId, rows);
      });
    },

    async deleteLoggedModelTag(workspace, modelId, key, now) {
      const rows = await database.query<Touched>(
        `WITH locked AS (
           SELECT model_no FROM tracking.logged_model
           WHERE model_id = $1 AND workspace = $2 AND lifecycle_stage = 'active' FOR NO KEY UPDATE
         ), gone AS (
           DELETE FROM tracking.logged_model_tag t USING locked
           WHERE t.model_no = locked.model_no AND t.key = $4 RETURNING t.model_no
         )
         UPDATE tracking.logged_model m SET last_update_time = $3 FROM gone
         WHERE m.model_no = gone.model_no RETURNING m.experiment_id`,
        [modelId, workspace, now, key],
      );
      return announceModel(workspace, modelId, rows);
    },

    async writeLoggedModelParams(workspace, modelId, params, now) {
      await database.transaction(async (client) => {
        const { rows } = await client.query<{ model_no: number; experiment_id: number }>(
          `${touch()} SELECT model_no, experiment_id FROM touched`,
          [modelId, workspace, now],
        );
        const [model] = rows;
        if (!model) return;
        await client.query(
          `INSERT INTO tracking.logged_model_param (model_no, key, value)
           SELECT $1, p.key, p.value FROM unnest($2::text[], $3::text[]) AS p (key, value) ON CONFLICT DO NOTHING`,
          [model.model_no, params.map((param) => param.key), params.map((param) => param.value)],
        );
        const { rows: stored } = await client.query<{ key: string; value: string }>(
          "SELECT key, value FROM tracking.logged_model_param WHERE model_no = $1 AND key = ANY ($2::text[])",
          [model.model_no, params.map((param) => param.key)],
        );
        const values = new Map(stored.map((param) => [param.key, param.value]));
        const changed = params.find((param) => values.get(param.key) !== param.value);
        if (changed)
          throw new DomainError(
            "invalid_argument",
            `Changing param values is not allowed. Param with key='${changed.key}' was already logged with ` +
              `value='${values.get(changed.key)}' for model ID='${modelId}'. Attempted logging new value '${changed.value}'.`,
            { field: "params" },
          );
        announceModel(workspace, modelId, rows);
      });
    },

    writeLoggedModelMetrics: (workspace, runId, metrics) =>
      writeLoggedModelMetrics(database, workspace, runId, metrics),

    async searchLoggedModels(workspace, query) {
      const values = new StatementValues();
      const { joins, terms } = printModelOrder(query.orderBy, values);
      const conditions = [
        `m.workspace = ${values.add(workspace)}`,
        `m.experiment_id = ANY (${values.add(query.experimentIds)}::bigint[])`,
        "m.lifecycle_stage = 'active'",
      ];
      if (query.where) conditions.push(printModelCondition(query.where, query.datasets, values));
      else if (query.datasets.length > 0)
        conditions.push(
          `EXISTS (SELECT FROM tracking.logged_model_metric s WHERE s.model_no = m.model_no${printDatasets("s", query.datasets, values)})`,
        );
      const page = await readPage<LoggedModelRow>(database, {
        columns: modelColumns,
        tables: `tracking.logged_model m ${joins} ${modelJoins}`,
        conditions,
        terms,
        values,
        limit: query.limit,
        pageToken: query.pageToken,
      });
      return { ...page, items: page.items.map(toLoggedModel) };
    },
  };
}

/** Marks the model ($1 in workspace $2) as changed at $3; further statements may follow as parts of the WITH. */
function touch(change = ""): string {
  return `WITH touched AS (
    UPDATE tracking.logged_model SET last_update_time = $3${change}
    WHERE model_id = $1 AND workspace = $2 AND lifecycle_stage = 'active' RETURNING model_no, experiment_id
  )`;
}
