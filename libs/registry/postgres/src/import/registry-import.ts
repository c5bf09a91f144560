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
      const placed = await withModel(database, workspace, name, async (client, modelNo) => {
        const wanted = [modelNo, aliases.map(({ alias }) => alias), aliases.map(({ version }) => version)];
        const { rows: fresh } = await client.query<{ alias: string; version: number }>(
          `SELECT a.alias, a.version FROM unnest($2::text[], $3::int[]) AS a (alias, version)
           JOIN registry.model_version v ON v.model_no = $1 AND v.version = a.version AND v.deleted_time IS NULL
           WHERE NOT EXISTS (SELECT FROM registry.model_alias h WHERE h.model_no = $1 AND h.alias = a.alias)`,
          wanted,
        );
        if (fresh.length > 0)
          await moveAliases(
            client,
            await recordImport(client, workspace),
            fresh.map(({ alias, version }) => ({ modelNo, target: alias, version })),
          );
        const { rows } = await client.query<{ alias: string; here: number | null }>(
          `SELECT a.alias, h.version AS here FROM unnest($2::text[], $3::int[]) AS a (alias, version)
           LEFT JOIN registry.model_alias h ON h.model_no = $1 AND h.alias = a.alias
           WHERE h.version IS DISTINCT FROM a.version ORDER BY a.alias`,
          wanted,
        );
        const aliasesOf = (chosen: typeof rows): readonly string[] => chosen.map(({ alias }) => alias);
        return {
          made: fresh.length,
          differing: aliasesOf(rows.filter(({ here }) => here !== null)),
          absent: aliasesOf(rows.filter(({ here }) => here === null)),
        };
      });
      return placed ?? { made: 0, differing: [], absent: aliases.map(({ alias }) => alias) };
    },
  };
}
