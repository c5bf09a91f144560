import type { Queryable, Statements } from "@runweir/postgres";
import type { Stage, StageStore } from "@runweir/registry-domain";
import { withModel } from "./with-model.ts";

export function stageStore(database: Statements): StageStore {
  return {
    readStages: (workspace, model) =>
      database.query<{ name: string; level: Stage["level"] }>(
        `SELECT s.name, s.level FROM registry.stage s
         LEFT JOIN registry.model m ON m.model_no = s.model_no AND m.deleted_time IS NULL
         WHERE s.workspace = $1 AND (s.model_no IS NULL OR m.name = $2) ORDER BY s.model_no NULLS FIRST, s.stage_no`,
        [workspace, model ?? null],
      ),

    writeStages: (workspace, model, stages) =>
      model === undefined
        ? database.transaction((client) => writeStages(client, workspace, null, stages))
        : withModel(database, workspace, model, (client, modelNo) =>
            writeStages(client, workspace, modelNo, stages),
          ),
  };
}

async function writeStages(
  client: Queryable,
  workspace: string,
  modelNo: number | null,
  stages: readonly Stage[],
): Promise<readonly string[]> {
  const names = stages.map(({ name }) => name);
  const { rows: held } = await client.query<{ name: string }>(
    `SELECT s.name FROM registry.stage s
     WHERE s.workspace = $1 AND s.model_no IS NOT DISTINCT FROM $2::bigint AND s.name <> ALL ($3::text[])
       AND EXISTS (SELECT FROM registry.model_version v WHERE v.workspace = s.workspace AND v.stage = s.name
         AND v.deleted_time IS NULL AND (s.model_no IS NULL OR v.model_no = s.model_no))
     ORDER BY s.stage_no`,
    [workspace, modelNo, names],
  );
  if (held.length > 0) return held.map(({ name }) => name);
  await client.query(
    "DELETE FROM registry.stage WHERE workspace = $1 AND model_no IS NOT DISTINCT FROM $2::bigint",
    [workspace, modelNo],
  );
  await client.query(
    `INSERT INTO registry.stage (workspace, model_no, name, level)
     SELECT $1, $2::bigint, s.name, s.level FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS s (name, level, place)
     ORDER BY s.place`,
    [workspace, modelNo, names, stages.map(({ level }) => level)],
  );
  return [];
}
