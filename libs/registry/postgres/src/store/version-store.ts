import { printVisible, readPage, type Statements, StatementValues } from "@runweir/postgres";
import type { ModelVersionStore } from "@runweir/registry-domain";
import { endTargets } from "../history/end-targets.ts";
import {
  printRegistryCondition,
  printRegistryOrder,
  searchedVersions,
} from "../search/print-registry-search.ts";
import { readVersion, toVersion, type VersionRow, versionColumns, versionTables } from "./version-rows.ts";
import { withModel, withVersion } from "./with-model.ts";

export function versionStore(database: Statements): ModelVersionStore {
  return {
    createVersion: (workspace, version) =>
      withModel(database, workspace, version.name, async (client, modelNo) => {
        const { rows } = await client.query<{ last_version: number }>(
          `UPDATE registry.model SET last_version = last_version + 1, version_count = version_count + 1,
             last_update_time = $2 WHERE model_no = $1
           RETURNING last_version`,
          [modelNo, version.now],
        );
        const number = rows[0]?.last_version ?? 0;
        await client.query(
          `INSERT INTO registry.model_version (model_no, version, workspace, description, creator_id, creation_time,
             last_update_time, source, storage_location, run_id, run_link, logged_model_id)
           VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11)`,
          [
            modelNo,
            number,
            workspace,
            version.description ?? null,
            version.creatorId,
            version.now,
            version.source,
            version.storageLocation,
            version.runId ?? null,
            version.runLink ?? null,
            version.modelId ?? null,
          ],
        );
        await client.query(
          `INSERT INTO registry.model_version_tag (model_no, version, key, value)
           SELECT $1, $2, t.key, t.value FROM unnest($3::text[], $4::text[]) AS t (key, value)`,
          [modelNo, number, version.tags.map((tag) => tag.key), version.tags.map((tag) => tag.value)],
        );
        return readVersion(client, modelNo, number);
      }),

    async findVersion(workspace, name, version) {
      const [row] = await database.query<VersionRow>(
        `SELECT ${versionColumns} FROM ${versionTables}
         WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL AND v.version = $3::bigint
           AND v.deleted_time IS NULL`,
        [workspace, name, version],
      );
      return row && { version: toVersion(row), storageLocation: row.storage_location };
    },

    async findVersionByAlias(workspace, name, alias) {
      const [row] = await database.query<VersionRow>(
        `SELECT ${versionColumns} FROM ${versionTables}
         JOIN registry.model_alias wanted ON wanted.model_no = v.model_no AND wanted.version = v.version
         WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL AND wanted.alias = $3`,
        [workspace, name, alias],
      );
      return row && toVersion(row);
    },

    describeVersion: (workspace, name, version, description, now) =>
      withVersion(database, workspace, name, version, async (client, modelNo) => {
        await client.query(
          `UPDATE registry.model_version SET description = $3, last_update_time = $4
           WHERE model_no = $1 AND version = $2`,
          [modelNo, version, description ?? null, now],
        );
        return readVersion(client, modelNo, version);
      }),

    async deleteVersion(workspace, name, version, change) {
      const deleted = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        await client.query("DELETE FROM registry.model_version_tag WHERE model_no = $1 AND version = $2", [
          modelNo,
          version,
        ]);
        await endTargets(client, workspace, { modelNo, version }, change);
        await client.query("UPDATE registry.model SET last_update_time = $2 WHERE model_no = $1", [
          modelNo,
          change.now,
        ]);
        return true;
      });
      return deleted ?? false;
    },

    async searchVersions(workspace, { where, orderBy, limit, pageToken, visible = "all" }) {
      const values = new StatementValues();
      const conditions = [`v.workspace = ${values.add(workspace)}`, "v.deleted_time IS NULL"];
      if (visible !== "all") conditions.push(printVisible(visible, { name: "m.name" }, values));
      if (where) conditions.push(printRegistryCondition(where, searchedVersions, values));
      const page = await readPage<VersionRow>(database, {
        columns: versionColumns,
        tables: versionTables,
        conditions,
        terms: printRegistryOrder(orderBy, searchedVersions),
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toVersion) };
    },

    async setVersionTag(workspace, name, version, { key, value }) {
      const set = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        await client.query(
          `INSERT INTO registry.model_version_tag (model_no, version, key, value) VALUES ($1, $2, $3, $4)
           ON CONFLICT (model_no, version, key) DO UPDATE SET value = EXCLUDED.value`,
          [modelNo, version, key, value],
        );
        return true;
      });
      return set ?? false;
    },

    async deleteVersionTag(workspace, name, version, key) {
      const deleted = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        await client.query(
          "DELETE FROM registry.model_version_tag WHERE model_no = $1 AND version = $2 AND key = $3",
          [modelNo, version, key],
        );
        return true;
      });
      return deleted ?? false;
    },
  };
}
