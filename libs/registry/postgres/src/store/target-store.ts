import type { Queryable, Statements } from "@runweir/postgres";
import { initialStage, type TargetStore } from "@runweir/registry-domain";
import { moveAliases } from "../history/move-aliases.ts";
import { moveStages } from "../history/move-stages.ts";
import { recordChange } from "../history/record-change.ts";
import { moveTargets } from "./move-targets.ts";
import { readVersion } from "./version-rows.ts";
import { withModel, withVersion } from "./with-model.ts";

export function targetStore(database: Statements): TargetStore {
  return {
    async setAlias(workspace, name, alias, version, change) {
      const set = await withVersion(database, workspace, name, version, async (client, modelNo) => {
        if ((await aliasedVersion(client, modelNo, alias)) === version) return true;
        const open = await recordChange(client, workspace, change);
        await moveAliases(client, open, [{ modelNo, target: alias, version }]);
        return true;
      });
      return set ?? false;
    },

    async deleteAlias(workspace, name, alias, change) {
      const deleted = await withModel(database, workspace, name, async (client, modelNo) => {
        if ((await aliasedVersion(client, modelNo, alias)) === undefined) return true;
        const open = await recordChange(client, workspace, change);
        await moveAliases(client, open, [{ modelNo, target: alias, version: null }]);
        return true;
      });
      return deleted ?? false;
    },

    moveVersion: (workspace, name, version, { stage, archive, change }) =>
      withVersion(database, workspace, name, version, async (client, modelNo) => {
        const others = archive === undefined ? [] : await versionsIn(client, modelNo, stage);
        const leaving = others.filter((one) => one !== version);
        if (leaving.length > 0 || (await readVersion(client, modelNo, version))?.stage !== stage) {
          const open = await recordChange(client, workspace, change);
          await moveStages(client, open, [
            ...leaving.map((one) => ({ modelNo, version: one, stage: archive ?? initialStage })),
            { modelNo, version, stage },
          ]);
        }
        // A version that is moved to where it is has been touched all the same, as MLflow has it.
        await client.query(
          "UPDATE registry.model_version SET last_update_time = $3 WHERE model_no = $1 AND version = $2",
          [modelNo, version, change.now],
        );
        await client.query("UPDATE registry.model SET last_update_time = $2 WHERE model_no = $1", [
          modelNo,
          change.now,
        ]);
        return readVersion(client, modelNo, version);
      }),

    moveTargets: (workspace, moves, change) => moveTargets(database, workspace, moves, change),
  };
}

async function aliasedVersion(
  client: Queryable,
  modelNo: number,
  alias: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT version FROM registry.model_alias WHERE model_no = $1 AND alias = $2",
    [modelNo, alias],
  );
  return rows[0]?.version;
}

async function versionsIn(client: Queryable, modelNo: number, stage: string): Promise<readonly number[]> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT version FROM registry.model_version WHERE model_no = $1 AND stage = $2 AND deleted_time IS NULL",
    [modelNo, stage],
  );
  return rows.map((row) => row.version);
}
