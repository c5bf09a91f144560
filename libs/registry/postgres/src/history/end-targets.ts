import type { Queryable } from "@runweir/postgres";
import { type Change, initialStage } from "@runweir/registry-domain";
import { redactedVersion } from "../store/redacted-version.ts";
import { moveAliases } from "./move-aliases.ts";
import { writeStageHistory } from "./move-stages.ts";
import { recordChange } from "./record-change.ts";

/** Deletes one version of a model, or all of them: their aliases end, and stages point at what remains. */
export async function endTargets(
  client: Queryable,
  workspace: string,
  of: { readonly modelNo: number; readonly version?: number },
  change: Change,
): Promise<void> {
  const one = [of.modelNo, of.version ?? null];
  const { rows: aliases } = await client.query<{ alias: string }>(
    "SELECT alias FROM registry.model_alias WHERE model_no = $1 AND ($2::int IS NULL OR version = $2)",
    one,
  );
  // A version that was never moved needs no row to say that it ended.
  const { rows: versions } = await client.query<{ model_no: number; version: number; before: string }>(
    `WITH deleted AS (
       UPDATE registry.model_version SET ${redactedVersion("$3")}
       WHERE model_no = $1 AND ($2::int IS NULL OR version = $2) AND deleted_time IS NULL
       RETURNING model_no, version, stage AS before
     )
     SELECT d.* FROM deleted d WHERE d.before <> $4 OR EXISTS (
       SELECT FROM registry.stage_history h
       WHERE h.model_no = d.model_no AND h.version = d.version AND h.valid_to IS NULL
     )`,
    [...one, change.now, initialStage],
  );
  await client.query(
    "UPDATE registry.model SET version_count = CASE WHEN $2::int IS NULL THEN 0 ELSE version_count - 1 END WHERE model_no = $1",
    one,
  );
  if (versions.length === 0 && aliases.length === 0) return;
  const open = await recordChange(client, workspace, change);
  await moveAliases(
    client,
    open,
    aliases.map(({ alias }) => ({ modelNo: of.modelNo, target: alias, version: null })),
  );
  await writeStageHistory(
    client,
    open,
    versions.map((row) => ({ ...row, stage: null })),
  );
}
