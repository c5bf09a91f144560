import type { Database } from "@runweir/postgres";
import type { Alias, ModelVersion, RegisteredModel } from "@runweir/registry-domain";
import type { Tag } from "@runweir/tracking-domain";
import { toVersion, type VersionRow, versionColumns, versionTables } from "./version-rows.ts";

// `m` is registry.model.
export const modelTags = `(SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key)
   FROM registry.model_tag t WHERE t.model_no = m.model_no)`;
export const modelAliases = `(SELECT json_agg(json_build_object('alias', a.alias, 'version', a.version) ORDER BY a.alias)
   FROM registry.model_alias a WHERE a.model_no = m.model_no)`;
export const modelColumns = `m.model_no, m.name, m.description, m.creator_id, m.creation_time, m.last_update_time,
  ${modelTags} AS tags, ${modelAliases} AS aliases`;

export interface ModelRow {
  readonly model_no: number;
  readonly name: string;
  readonly description: string | null;
  readonly creator_id: string;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly tags: readonly Tag[] | null;
  readonly aliases: readonly Alias[] | null;
}

/** Completes models with their latest versions, for all of them at once. */
export async function toModels(
  database: Pick<Database, "query">,
  rows: readonly ModelRow[],
): Promise<readonly RegisteredModel[]> {
  const latest = await readLatestVersions(
    database,
    rows.map((row) => row.model_no),
  );
  return rows.map((row) => ({
    name: row.name,
    description: row.description ?? undefined,
    creatorId: row.creator_id,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    tags: row.tags ?? [],
    aliases: row.aliases ?? [],
    latestVersions: latest.get(row.model_no) ?? [],
  }));
}

/**
 * Of each stage of these models the greatest version. Goes from one stage to the next by the index, so that a model's other
 * versions, however many, are not read.
 */
async function readLatestVersions(
  database: Pick<Database, "query">,
  modelNos: readonly number[],
): Promise<ReadonlyMap<number, readonly ModelVersion[]>> {
  const latest = new Map<number, ModelVersion[]>();
  if (modelNos.length === 0) return latest;
  const newestOf = (condition: string) => `CROSS JOIN LATERAL (
    SELECT o.stage, o.version FROM registry.model_version o WHERE o.deleted_time IS NULL AND ${condition}
    ORDER BY o.stage, o.version DESC LIMIT 1
  ) n`;
  const rows = await database.query<VersionRow>(
    `WITH RECURSIVE latest (model_no, stage, version) AS (
       SELECT w.model_no, n.stage, n.version FROM unnest($1::bigint[]) AS w (model_no)
       ${newestOf("o.model_no = w.model_no")}
       UNION ALL
       SELECT l.model_no, n.stage, n.version FROM latest l
       ${newestOf("o.model_no = l.model_no AND o.stage > l.stage")}
     )
     SELECT ${versionColumns} FROM ${versionTables} JOIN latest l ON l.model_no = v.model_no AND l.version = v.version
     ORDER BY v.model_no, v.stage`,
    [modelNos],
  );
  for (const row of rows) {
    const versions = latest.get(row.model_no);
    if (versions) versions.push(toVersion(row));
    else latest.set(row.model_no, [toVersion(row)]);
  }
  return latest;
}
