import { DomainError } from "@runweir/errors";
import { isTaken, printVisible, readPage, type Statements, StatementValues } from "@runweir/postgres";
import type { RegisteredModelStore } from "@runweir/registry-domain";
import { endTargets } from "../history/end-targets.ts";
import {
  printRegistryCondition,
  printRegistryOrder,
  searchedModels,
} from "../search/print-registry-search.ts";
import { type ModelRow, modelColumns, toModels } from "./model-rows.ts";
import { withModel } from "./with-model.ts";

export function modelStore(database: Statements): RegisteredModelStore {
  return {
    async createModel(workspace, { name, description, creatorId, tags, now }) {
      await refuseTakenName(
        name,
        database.query(
          `WITH made AS (
             INSERT INTO registry.model (workspace, name, description, creator_id, creation_time, last_update_time)
             VALUES ($1, $2, $3, $4, $5, $5) RETURNING model_no
           )
           INSERT INTO registry.model_tag (model_no, key, value)
           SELECT made.model_no, t.key, t.value FROM made, unnest($6::text[], $7::text[]) AS t (key, value)`,
          [
            workspace,
            name,
            description ?? null,
            creatorId,
            now,
            tags.map((tag) => tag.key),
            tags.map((tag) => tag.value),
          ],
        ),
      );
    },

    async findModel(workspace, name) {
      const rows = await database.query<ModelRow>(
        `SELECT ${modelColumns} FROM registry.model m
         WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL`,
        [workspace, name],
      );
      return (await toModels(database, rows))[0];
    },

    async renameModel(workspace, name, newName, now) {
      const rows = await refuseTakenName(
        newName,
        database.query(
          `UPDATE registry.model SET name = $3, last_update_time = $4
           WHERE workspace = $1 AND name = $2 AND deleted_time IS NULL RETURNING model_no`,
          [workspace, name, newName, now],
        ),
      );
      return rows.length > 0;
    },

    async describeModel(workspace, name, description, now) {
      const rows = await database.query(
        `UPDATE registry.model SET description = $3, last_update_time = $4
         WHERE workspace = $1 AND name = $2 AND deleted_time IS NULL RETURNING model_no`,
        [workspace, name, description ?? null, now],
      );
      return rows.length > 0;
    },

    async deleteModel(workspace, name, change) {
      const deleted = await withModel(database, workspace, name, async (client, modelNo) => {
        await endTargets(client, workspace, { modelNo }, change);
        for (const table of ["model_tag", "model_version_tag"])
          await client.query(`DELETE FROM registry.${table} WHERE model_no = $1`, [modelNo]);
        await client.query(
          `UPDATE registry.model SET deleted_time = $2, last_update_time = $2, description = NULL WHERE model_no = $1`,
          [modelNo, change.now],
        );
        return true;
      });
      return deleted ?? false;
    },

    async searchModels(workspace, { where, orderBy, limit, pageToken, visible = "all" }) {
      const values = new StatementValues();
      const conditions = [`m.workspace = ${values.add(workspace)}`, "m.deleted_time IS NULL"];
      if (visible !== "all") conditions.push(printVisible(visible, { name: "m.name" }, values));
      if (where) conditions.push(printRegistryCondition(where, searchedModels, values));
      const page = await readPage<ModelRow>(database, {
        columns: modelColumns,
        tables: "registry.model m",
        conditions,
        terms: printRegistryOrder(orderBy, searchedModels),
        values,
        limit,
        pageToken,
      });
      return { ...page, items: await toModels(database, page.items) };
    },

    async setModelTag(workspace, name, { key, value }) {
      const set = await withModel(database, workspace, name, async (client, modelNo) => {
        await client.query(
          `INSERT INTO registry.model_tag (model_no, key, value) VALUES ($1, $2, $3)
           ON CONFLICT (model_no, key) DO UPDATE SET value = EXCLUDED.value`,
          [modelNo, key, value],
        );
        return true;
      });
      return set ?? false;
    },

    async deleteModelTag(workspace, name, key) {
      const deleted = await withModel(database, workspace, name, async (client, modelNo) => {
        await client.query("DELETE FROM registry.model_tag WHERE model_no = $1 AND key = $2", [modelNo, key]);
        return true;
      });
      return deleted ?? false;
    },
  };
}

async function refuseTakenName<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isTaken(error))
      throw new DomainError("already_exists", `Registered Model (name=${name}) already exists.`, {
        field: "name",
      });
    throw error;
  }
}
