import { DomainError } from "@runweir/errors";
import {
  isTaken,
  printVisible,
  type Queryable,
  readPage,
  type Statements,
  StatementValues,
} from "@runweir/postgres";
import type { RegisteredModelStore } from "@runweir/registry-domain";
import type { Tag } from "@runweir/tracking-domain";
import { recordModelEvent } from "../events/record-model-event.ts";
import { endTargets } from "../history/end-targets.ts";
import {
  printRegistryCondition,
  printRegistryOrder,
  searchedModels,
} from "../search/print-registry-search.ts";
import { keepDerivations } from "./keep-derivations.ts";
import { type ModelRow, modelColumns, modelTags, toModels } from "./model-rows.ts";
import { withModel } from "./with-model.ts";

export function modelStore(database: Statements): RegisteredModelStore {
  return {
    async createModel(workspace, { name, description, tags }, change) {
      await refuseTakenName(
        name,
        database.transaction(async (client) => {
          const { rows } = await client.query<{ model_no: number }>(
            `INSERT INTO registry.model (workspace, name, description, creator_id, creation_time, last_update_time)
             VALUES ($1, $2, $3, $4, $5, $5) RETURNING model_no`,
            [workspace, name, description ?? null, change.actor.id, change.now],
          );
          const modelNo = rows[0]?.model_no ?? 0;
          await client.query(
            `INSERT INTO registry.model_tag (model_no, key, value)
             SELECT $1, t.key, t.value FROM unnest($2::text[], $3::text[]) AS t (key, value)`,
            [modelNo, tags.map((tag) => tag.key), tags.map((tag) => tag.value)],
          );
          const after = { description, tags };
          await recordModelEvent(client, modelNo, change, { kind: "registered_model.created", after });
        }),
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

    async renameModel(workspace, name, newName, change) {
      const renamed = await refuseTakenName(
        newName,
        withModel(database, workspace, name, async (client, modelNo) => {
          await keepDerivations(client, modelNo);
          await client.query(
            "UPDATE registry.model SET name = $2, last_update_time = $3 WHERE model_no = $1",
            [modelNo, newName, change.now],
          );
          await recordModelEvent(client, modelNo, change, {
            kind: "registered_model.renamed",
            before: { name },
            after: { name: newName },
          });
          return true;
        }),
      );
      return renamed ?? false;
    },

    async describeModel(workspace, name, description, change) {
      const described = await withModel(database, workspace, name, async (client, modelNo) => {
        const before = await readTold(client, modelNo);
        await client.query(
          "UPDATE registry.model SET description = $2, last_update_time = $3 WHERE model_no = $1",
          [modelNo, description ?? null, change.now],
        );
        const after = { ...before, description };
        await recordModelEvent(client, modelNo, change, { kind: "registered_model.updated", before, after });
        return true;
      });
      return described ?? false;
    },

    async deleteModel(workspace, name, change) {
      const deleted = await withModel(database, workspace, name, async (client, modelNo) => {
        const before = await readTold(client, modelNo);
        await endTargets(client, workspace, { modelNo }, change);
        await recordModelEvent(client, modelNo, change, { kind: "registered_model.deleted", before });
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

    async setModelTag(workspace, name, { key, value }, change) {
      const set = await withModel(database, workspace, name, async (client, modelNo) => {
        const before = await readTag(client, modelNo, key);
        await client.query(
          `INSERT INTO registry.model_tag (model_no, key, value) VALUES ($1, $2, $3)
           ON CONFLICT (model_no, key) DO UPDATE SET value = EXCLUDED.value`,
          [modelNo, key, value],
        );
        const event = { kind: "registered_model_tag.set", subject: { key }, before, after: value };
        await recordModelEvent(client, modelNo, change, event);
        return true;
      });
      return set ?? false;
    },

    async deleteModelTag(workspace, name, key, change) {
      const deleted = await withModel(database, workspace, name, async (client, modelNo) => {
        const before = await readTag(client, modelNo, key);
        if (before === undefined) return true;
        const event = { kind: "registered_model_tag.deleted", subject: { key }, before };
        await recordModelEvent(client, modelNo, change, event);
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

/** What events say of a model. */
async function readTold(client: Queryable, modelNo: number) {
  const { rows } = await client.query<{ description: string | null; tags: readonly Tag[] | null }>(
    `SELECT m.description, ${modelTags} AS tags FROM registry.model m WHERE m.model_no = $1`,
    [modelNo],
  );
  return { description: rows[0]?.description ?? undefined, tags: rows[0]?.tags ?? [] };
}

async function readTag(client: Queryable, modelNo: number, key: string): Promise<string | undefined> {
  const { rows } = await client.query<{ value: string }>(
    "SELECT value FROM registry.model_tag WHERE model_no = $1 AND key = $2",
    [modelNo, key],
  );
  return rows[0]?.value;
}
