import { gatherQuestions, type Statements } from "@runweir/postgres";
import type { ModelVersion } from "@runweir/registry-domain";
import { toVersion, type VersionRow, versionColumns, versionTables } from "./version-rows.ts";

interface WantedAlias {
  readonly workspace: string;
  readonly name: string;
  readonly alias: string;
}

/** The version that an alias of a model points at. What serves models asks for this all the time, thousands of times a second. */
export function findByAlias(
  database: Statements,
): (wanted: WantedAlias) => Promise<ModelVersion | undefined> {
  return gatherQuestions(
    async (wanted) => {
      const rows = await database.query<VersionRow & { readonly place: number }>(
        `SELECT wanted.place, ${versionColumns}
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS wanted (workspace, name, alias, place)
         CROSS JOIN ${versionTables}
         JOIN registry.model_alias pointing ON pointing.model_no = v.model_no AND pointing.version = v.version
         WHERE m.workspace = wanted.workspace AND m.name = wanted.name AND m.deleted_time IS NULL
           AND pointing.alias = wanted.alias`,
        [wanted.map((one) => one.workspace), wanted.map((one) => one.name), wanted.map((one) => one.alias)],
        "registry-versions-by-alias",
      );
      const found = new Array<ModelVersion | undefined>(wanted.length);
      for (const row of rows) found[row.place - 1] = toVersion(row);
      return found;
    },
    { statements: 2, together: 64 },
  );
}
