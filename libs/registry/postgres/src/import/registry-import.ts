import { type Database, translateFailures } from "@runweir/postgres";
import type { RegistryImport } from "@runweir/registry-domain";
import { moveAliases } from "../history/move-aliases.ts";
import { withModel } from "../store/with-model.ts";
import { placeModel } from "./place-model.ts";
import { placeVersions } from "./place-versions.ts";
import { recordImport } from "./record-import.ts";

export function createRegistryImport(options: { readonly database: Database }): RegistryImport {
  const database = translateFailures(options.database);
  return {
    placeModel: (workspace, model) => database.transaction((client) => placeModel(client, workspace, model)),

    async placeVersions(workspace, name, versions) {
      const placed = await withModel(database, workspace, name, (client, modelNo) =>
        placeVersions(client, workspace, modelNo, versions),
      );
      return placed ?? new Map();
    },

    async placeAliases(workspace, name, aliases) {
      const differing = await withModel(database, workspace, name, async (client, modelNo) => {
        const wanted = [modelNo, aliases.map(({ alias }) => alias), aliases.map(({ version }) => version)];
        const { rows: absent } = await client.query<{ alias: string; version: number }>(
          `SELECT a.alias, a.version FROM unnest($2::text[], $3::int[]) AS a (alias, version)
           JOIN registry.model_version v ON v.model_no = $1 AND v.version = a.version AND v.deleted_time IS NULL
           WHERE NOT EXISTS (SELECT FROM registry.model_alias h WHERE h.model_no = $1 AND h.alias = a.alias)`,
          wanted,
        );
        if (absent.length > 0)
          await moveAliases(
            client,
            await recordImport(client, workspace),
            absent.map(({ alias, version }) => ({ modelNo, target: alias, version })),
          );
        const { rows } = await client.query<{ alias: string }>(
          `SELECT a.alias FROM unnest($2::text[], $3::int[]) AS a (alias, version)
           JOIN registry.model_alias h ON h.model_no = $1 AND h.alias = a.alias AND h.version <> a.version ORDER BY a.alias`,
          wanted,
        );
        return rows.map((row) => row.alias);
      });
      return differing ?? [];
    },
  };
}
