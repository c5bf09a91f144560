import type { Queryable } from "@runweir/postgres";
import type { ImportedModel, RegistryImport } from "@runweir/registry-domain";

export async function placeModel(
  client: Queryable,
  workspace: string,
  model: ImportedModel,
): ReturnType<RegistryImport["placeModel"]> {
  const { rows: made } = await client.query<{ model_no: number }>(
    `INSERT INTO registry.model (workspace, name, description, creator_id, creation_time, last_update_time)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace, name) WHERE deleted_time IS NULL DO NOTHING RETURNING model_no`,
    [
      workspace,
      model.name,
      model.description ?? null,
      model.creatorId ?? "",
      model.creationTime,
      model.lastUpdateTime,
    ],
  );
  // Numbers that were used there are not used here either, whatever became of their versions.
  const { rows: found } = await client.query<{ model_no: number }>(
    `UPDATE registry.model SET last_version = greatest(last_version, $3)
     WHERE workspace = $1 AND name = $2 AND deleted_time IS NULL RETURNING model_no`,
    [workspace, model.name, model.lastVersion],
  );
  const tags = [found[0]?.model_no, model.tags.map((tag) => tag.key), model.tags.map((tag) => tag.value)];
  await client.query(
    `INSERT INTO registry.model_tag (model_no, key, value)
     SELECT $1, t.key, t.value FROM unnest($2::text[], $3::text[]) AS t (key, value) ON CONFLICT DO NOTHING`,
    tags,
  );
  const { rows: differing } = await client.query<{ key: string }>(
    `SELECT t.key FROM unnest($2::text[], $3::text[]) AS t (key, value)
     JOIN registry.model_tag h ON h.model_no = $1 AND h.key = t.key AND h.value <> t.value ORDER BY t.key`,
    tags,
  );
  return { outcome: made.length > 0 ? "made" : "there", differingTags: differing.map((row) => row.key) };
}
