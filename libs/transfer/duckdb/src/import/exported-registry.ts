import type { DuckDb } from "@runweir/duckdb";
import {
  type Alias,
  type ImportedModel,
  type ImportedVersion,
  modelVersionStatuses,
} from "@runweir/registry-domain";
import { ms, oneOf, pairs, toTags } from "./exported-rows.ts";

export interface ExportedRegisteredModel {
  readonly modelNo: number;
  readonly model: ImportedModel;
}

type ModelRow = {
  readonly model_no: number;
  readonly name: string;
  readonly description: string | null;
  readonly creator_id: string;
  readonly made: number;
  readonly changed: number;
  readonly last_version: number;
  readonly tags: string;
};

/** In the order of their numbers. */
export async function readRegisteredModels(
  duckdb: DuckDb,
  after: number,
  limit: number,
): Promise<readonly ExportedRegisteredModel[]> {
  const rows = await duckdb.query<ModelRow>(
    `SELECT model_no, name, description, creator_id, ${ms("creation_time")} AS made, ${ms("last_update_time")} AS changed,
       last_version, ${pairs("tags")} AS tags
     FROM models WHERE model_no > ${after} ORDER BY model_no LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    modelNo: row.model_no,
    model: {
      name: row.name,
      description: row.description ?? undefined,
      creatorId: row.creator_id,
      creationTime: row.made,
      lastUpdateTime: row.changed,
      lastVersion: row.last_version,
      tags: toTags(row.tags),
    },
  }));
}

type VersionRow = {
  readonly version: number;
  readonly stage: string;
  readonly description: string | null;
  readonly creator_id: string | null;
  readonly made: number;
  readonly changed: number;
  readonly source: string;
  readonly storage_location: string;
  readonly run_id: string | null;
  readonly run_link: string | null;
  readonly logged_model_id: string | null;
  readonly status: string;
  readonly status_message: string | null;
  readonly aliases: string;
  readonly tags: string;
  readonly run_place: string | null;
  readonly model_place: string | null;
};

export interface ExportedVersion {
  readonly version: ImportedVersion;
  readonly aliases: readonly Alias[];
  /** Where the artifacts of its run and of its logged model were, over there. */
  readonly places: { readonly run?: string | undefined; readonly model?: string | undefined };
}

export async function readVersions(
  duckdb: DuckDb,
  modelNo: number,
  after: number,
  limit: number,
): Promise<readonly ExportedVersion[]> {
  const rows = await duckdb.query<VersionRow>(
    `SELECT v.version, v.stage, v.description, v.creator_id, ${ms("v.creation_time")} AS made,
       ${ms("v.last_update_time")} AS changed, v.source, v.storage_location, v.run_id, v.run_link, v.logged_model_id, v.status,
       v.status_message, to_json(v.aliases)::VARCHAR AS aliases, ${pairs("v.tags")} AS tags, r.artifact_uri AS run_place,
       m.artifact_uri AS model_place
     FROM (SELECT * FROM model_versions WHERE model_no = ${modelNo} AND version > ${after} ORDER BY version LIMIT ${limit}) v
     LEFT JOIN runs r ON r.run_id = v.run_id
     LEFT JOIN logged_models m ON m.model_id = v.logged_model_id
     ORDER BY v.version`,
  );
  return rows.map((row) => ({
    version: {
      version: row.version,
      stage: row.stage,
      description: row.description ?? undefined,
      creatorId: row.creator_id ?? undefined,
      creationTime: row.made,
      lastUpdateTime: row.changed,
      source: row.source,
      storageLocation: row.storage_location,
      runId: row.run_id ?? undefined,
      runLink: row.run_link ?? undefined,
      modelId: row.logged_model_id ?? undefined,
      status: oneOf(modelVersionStatuses, row.status, `the status of version ${row.version}`),
      statusMessage: row.status_message ?? undefined,
      tags: toTags(row.tags),
    },
    aliases: (JSON.parse(row.aliases) as string[]).map((alias) => ({ alias, version: row.version })),
    places: { run: row.run_place ?? undefined, model: row.model_place ?? undefined },
  }));
}
