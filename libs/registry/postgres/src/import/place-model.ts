import type { Queryable } from "@runweir/postgres";
import type { ImportedModel, PlacedModel } from "@runweir/registry-domain";

export async function placeModel(
  client: Queryable,
  workspace: string,
  model: ImportedModel,
): Promise<PlacedModel> {
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
  await client.query(
    `UPDATE registry.model SET last_version = $3
     WHERE workspace = $1 AND name = $2 AND deleted_time IS NULL AND last_version < $3`,
    [workspace, model.name, model.lastVersion],
  );
  const { rows: added } = await client.query(
    `INSERT INTO registry.model_tag (model_no, key, value)
     SELECT m.model_no, t.key, t.value FROM registry.model m, unnest($3::text[], $4::text[]) AS t (key, value)
     WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL
     ON CONFLICT DO NOTHING RETURNING key`,
    [workspace, model.name, model.tags.map((tag) => tag.key), model.tags.map((tag) => tag.value)],
  );
  return made.length > 0 ? { outcome: "made", addedTags: 0 } : { outcome: "there", addedTags: added.length };
}
