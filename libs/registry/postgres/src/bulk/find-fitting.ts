import type { Queryable } from "@runweir/postgres";
import type { PieceRow, RunningRow } from "./move-piece.ts";

/** Locks the models, as every other change does, and looks which items are where they are thought to be. */
export async function findFitting(
  client: Queryable,
  { target_kind, target }: RunningRow,
  items: readonly PieceRow[],
): Promise<ReadonlySet<number>> {
  if (items.length === 0) return new Set();
  const models = items.map((item) => item.model_no);
  const numbers = items.map((item) => item.item_no);
  await client.query(
    "SELECT FROM registry.model WHERE model_no = ANY ($1::bigint[]) ORDER BY model_no FOR NO KEY UPDATE",
    [models],
  );
  const { rows } =
    target_kind === "alias"
      ? await client.query<{ item_no: number }>(
          `SELECT w.item_no FROM unnest($1::int[], $2::bigint[], $3::int[], $4::int[])
             AS w (item_no, model_no, from_version, to_version)
           JOIN registry.model m ON m.model_no = w.model_no AND m.deleted_time IS NULL
           LEFT JOIN registry.model_alias a ON a.model_no = w.model_no AND a.alias = $5
           LEFT JOIN registry.model_version v
             ON v.model_no = w.model_no AND v.version = w.to_version AND v.deleted_time IS NULL
           WHERE a.version IS NOT DISTINCT FROM w.from_version AND (w.to_version IS NULL OR v.version IS NOT NULL)`,
          [
            numbers,
            models,
            items.map((item) => item.from_version),
            items.map((item) => item.to_version),
            target,
          ],
        )
      : await client.query<{ item_no: number }>(
          `SELECT w.item_no FROM unnest($1::int[], $2::bigint[], $3::int[], $4::text[])
             AS w (item_no, model_no, version, from_stage)
           JOIN registry.model_version v USING (model_no, version)
           WHERE v.deleted_time IS NULL AND v.stage = w.from_stage`,
          [numbers, models, items.map((item) => item.version), items.map((item) => item.from_stage)],
        );
  return new Set(rows.map(({ item_no }) => item_no));
}
