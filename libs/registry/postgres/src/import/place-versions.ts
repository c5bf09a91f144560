import type { Queryable } from "@runweir/postgres";
import { type ImportedVersion, type ImportedVersionOutcome, initialStage } from "@runweir/registry-domain";
import { writeStageHistory } from "../history/move-stages.ts";
import { recordImport } from "./record-import.ts";

interface HereRow {
  readonly version: number;
  readonly creation_time: number;
  readonly is_deleted: boolean;
}

/** The caller holds the model's row lock. */
export async function placeVersions(
  client: Queryable,
  workspace: string,
  modelNo: number,
  versions: readonly ImportedVersion[],
): Promise<ReadonlyMap<number, ImportedVersionOutcome>> {
  const { rows } = await client.query<HereRow>(
    `SELECT version, creation_time, deleted_time IS NOT NULL AS is_deleted FROM registry.model_version
     WHERE model_no = $1 AND version = ANY ($2::int[])`,
    [modelNo, versions.map(({ version }) => version)],
  );
  const here = new Map(rows.map((row) => [row.version, row]));
  const absent = versions.filter(({ version }) => !here.has(version));
  if (absent.length > 0) await makeVersions(client, workspace, modelNo, absent);
  return new Map(versions.map((version) => [version.version, outcomeOf(version, here.get(version.version))]));
}

async function makeVersions(
  client: Queryable,
  workspace: string,
  modelNo: number,
  absent: readonly ImportedVersion[],
): Promise<void> {
  await client.query(
    `INSERT INTO registry.model_version (model_no, version, workspace, stage, description, creator_id, creation_time,
       last_update_time, source, storage_location, run_id, run_link, logged_model_id, status, status_message)
     SELECT $1, v.version, $2, v.stage, v.description, v."creatorId", v."creationTime", v."lastUpdateTime", v.source,
       v."storageLocation", v."runId", v."runLink", v."modelId", v.status, v."statusMessage"
     FROM json_to_recordset($3::json) AS v (version int, stage text, description text, "creatorId" text,
       "creationTime" bigint, "lastUpdateTime" bigint, source text, "storageLocation" text, "runId" text, "runLink" text,
       "modelId" text, status text, "statusMessage" text)`,
    [modelNo, workspace, JSON.stringify(absent)],
  );
  const tags = absent.flatMap(({ version, tags: own }) => own.map((tag) => ({ version, ...tag })));
  await client.query(
    `INSERT INTO registry.model_version_tag (model_no, version, key, value)
     SELECT $1, t.version, t.key, t.value FROM unnest($2::int[], $3::text[], $4::text[]) AS t (version, key, value)`,
    [modelNo, tags.map(({ version }) => version), tags.map(({ key }) => key), tags.map(({ value }) => value)],
  );
  await client.query("UPDATE registry.model SET version_count = version_count + $2 WHERE model_no = $1", [
    modelNo,
    absent.length,
  ]);
  const staged = absent.flatMap(({ version, stage }) =>
    stage === initialStage ? [] : [{ model_no: modelNo, version, before: null, stage }],
  );
  if (staged.length > 0) await writeStageHistory(client, await recordImport(client, workspace), staged);
}

function outcomeOf(wanted: ImportedVersion, here: HereRow | undefined): ImportedVersionOutcome {
  if (here === undefined) return "made";
  if (here.creation_time !== wanted.creationTime) return "taken";
  return here.is_deleted ? "deleted" : "there";
}
