import type { Queryable } from "@runweir/postgres";
import type { OpenChange } from "./record-change.ts";
import { type PointedTarget, writeTargetHistory } from "./write-target-history.ts";

/** Points aliases at other versions, or at none, which must be a change for each; their models' row locks are held. */
export async function moveAliases(
  client: Queryable,
  change: OpenChange,
  moves: readonly PointedTarget[],
): Promise<void> {
  if (moves.length === 0) return;
  await client.query(
    `DELETE FROM registry.model_alias a USING unnest($1::bigint[], $2::text[], $3::int[]) AS w (model_no, alias, version)
     WHERE a.model_no = w.model_no AND a.alias = w.alias AND w.version IS NULL`,
    columnsOf(moves),
  );
  await client.query(
    `INSERT INTO registry.model_alias (model_no, alias, version)
     SELECT w.model_no, w.alias, w.version FROM unnest($1::bigint[], $2::text[], $3::int[]) AS w (model_no, alias, version)
     WHERE w.version IS NOT NULL
     ON CONFLICT (model_no, alias) DO UPDATE SET version = EXCLUDED.version`,
    columnsOf(moves),
  );
  await writeTargetHistory(client, change, "alias", moves);
}

function columnsOf(moves: readonly PointedTarget[]) {
  return [moves.map((one) => one.modelNo), moves.map((one) => one.target), moves.map((one) => one.version)];
}
