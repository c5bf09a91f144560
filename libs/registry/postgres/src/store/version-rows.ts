import type { Queryable } from "@runweir/postgres";
import type { ModelVersion, ModelVersionStatus } from "@runweir/registry-domain";
import type { Tag } from "@runweir/tracking-domain";

/** `v` is registry.model_version, `m` its model. */
export const versionColumns = `m.model_no, m.name, v.version, v.stage, v.description, v.creator_id, v.creation_time,
  v.last_update_time, v.source, v.storage_location, v.run_id, v.run_link, v.logged_model_id, v.status, v.status_message,
  (SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key) FROM registry.model_version_tag t
   WHERE t.model_no = v.model_no AND t.version = v.version) AS tags,
  (SELECT json_agg(a.alias ORDER BY a.alias) FROM registry.model_alias a
   WHERE a.model_no = v.model_no AND a.version = v.version) AS aliases`;

export const versionTables = "registry.model_version v JOIN registry.model m USING (model_no)";

export interface VersionRow {
  readonly model_no: number;
  readonly name: string;
  readonly version: number;
  readonly stage: string;
  readonly description: string | null;
  readonly creator_id: string | null;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly source: string;
  readonly storage_location: string;
  readonly run_id: string | null;
  readonly run_link: string | null;
  readonly logged_model_id: string | null;
  readonly status: string;
  readonly status_message: string | null;
  readonly tags: readonly Tag[] | null;
  readonly aliases: readonly string[] | null;
}

export function toVersion(row: VersionRow): ModelVersion {
  return {
    name: row.name,
    version: row.version,
    stage: row.stage,
    description: row.description ?? undefined,
    creatorId: row.creator_id ?? undefined,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    source: row.source,
    runId: row.run_id ?? undefined,
    runLink: row.run_link ?? undefined,
    modelId: row.logged_model_id ?? undefined,
    status: row.status as ModelVersionStatus,
    statusMessage: row.status_message ?? undefined,
    tags: row.tags ?? [],
    aliases: row.aliases ?? [],
  };
}

export async function readVersion(
  client: Queryable,
  modelNo: number,
  version: number,
): Promise<ModelVersion | undefined> {
  const { rows } = await client.query<VersionRow>(
    `SELECT ${versionColumns} FROM ${versionTables} WHERE v.model_no = $1 AND v.version = $2::bigint`,
    [modelNo, version],
  );
  return rows[0] && toVersion(rows[0]);
}
