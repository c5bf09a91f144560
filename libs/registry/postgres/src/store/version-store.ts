import { printVisible, type Queryable, readPage, type Statements, StatementValues } from "@runweir/postgres";
import type { ModelVersion, ModelVersionStore } from "@runweir/registry-domain";
import { recordModelEvent } from "../events/record-model-event.ts";
import { endTargets } from "../history/end-targets.ts";
import {
  printRegistryCondition,
  printRegistryOrder,
  searchedVersions,
} from "../search/print-registry-search.ts";
import { findByAlias } from "./find-by-alias.ts";
import { readVersion, toVersion, type VersionRow, versionColumns, versionTables } from "./version-rows.ts";
import { withModel, withVersion } from "./with-model.ts";

export function versionStore(database: Statements): ModelVersionStore {
  const byAlias = findByAlias(database);
  return {
    createVersion: (workspace, version, change) =>
      withModel(database, workspace, version.name, async (client, modelNo) => {
        const { rows } = await client.query<{ last_version: number }>(
          `UPDATE registry.model SET last_version = last_version + 1, version_count = version_count + 1,
             last_update_time = $2 WHERE model_no = $1
           RETURNING last_version`,
          [modelNo, change.now],
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
            change.actor.id,
            change.now,
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
        const made = await readVersion(client, modelNo, number);
        await recordModelEvent(client, modelNo, change, {
          kind: "model_version.created",
          subject: { version: String(number) },
          after: toldOf(made),
        });
        return made;
      }),

    async findVersion(workspace, name, version) {
      const [row] = await database.query<VersionRow>(
        `SELECT ${versionColumns} FROM ${versionTables}
         WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL AND v.version = $3::bigint
           AND v.deleted_time IS NULL`,
        [workspace, name, version],
        "registry-version",
      );
      return row && { version: toVersion(row), storageLocation: row.storage_location };
    },

    findVersionByAlias: (workspace, name, alias) => byAlias({ workspace, name, alias }),

    describeVersion: (workspace, name, version, description, change) =>
      withVersion(database, workspace, name, version, async (client, modelNo) => {
        const before = await readVersion(client, modelNo, version);
        await client.query(
          `UPDATE registry.model_version SET description = $3, last_update_time = $4
           WHERE model_no = $1 AND version = $2`,
          [modelNo, version, description ?? null, change.now],
        );
        const after = await readVersion(client, modelNo, version);
        await recordModelEvent(client, modelNo, change, {
          kind: "model_version.updated",
          subject: { version: String(version) },
          before: toldOf(before),
          after: toldOf(after),
        });
        return after;
      }),

    async deleteVersion(workspace, name, version, change) {
      const deleted = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        await recordModelEvent(client, modelNo, change, {
          kind: "model_version.deleted",
          subject: { version: String(version) },
          before: toldOf(await readVersion(client, modelNo, version)),
        });
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

    async setVersionTag(workspace, name, version, { key, value }, change) {
      const set = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        const before = await readTag(client, modelNo, version, key);
        await client.query(
          `INSERT INTO registry.model_version_tag (model_no, version, key, value) VALUES ($1, $2, $3, $4)
           ON CONFLICT (model_no, version, key) DO UPDATE SET value = EXCLUDED.value`,
          [modelNo, version, key, value],
        );
        await recordModelEvent(client, modelNo, change, {
          kind: "model_version_tag.set",
          subject: { version: String(version), key },
          before,
          after: value,
        });
        return true;
      });
      return set ?? false;
    },

    async deleteVersionTag(workspace, name, version, key, change) {
      const deleted = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        const before = await readTag(client, modelNo, version, key);
        if (before === undefined) return true;
        await client.query(
          "DELETE FROM registry.model_version_tag WHERE model_no = $1 AND version = $2 AND key = $3",
          [modelNo, version, key],
        );
        await recordModelEvent(client, modelNo, change, {
          kind: "model_version_tag.deleted",
          subject: { version: String(version), key },
          before,
        });
        return true;
      });
      return deleted ?? false;
    },
  };
}

/** What events say of a version. */
function toldOf(version: ModelVersion | undefined) {
  return (
    version && {
      source: version.source,
      runId: version.runId,
      description: version.description,
      tags: version.tags,
    }
  );
}

async function readTag(
  client: Queryable,
  modelNo: number,
  version: number,
  key: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ value: string }>(
    "SELECT value FROM registry.model_version_tag WHERE model_no = $1 AND version = $2 AND key = $3",
    [modelNo, version, key],
  );
  return rows[0]?.value;
}
