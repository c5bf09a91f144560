import { type Queryable, StatementValues } from "@runweir/postgres";
import { type BulkStore, type Refusal, targetName, type WantedVersion } from "@runweir/registry-domain";
import { printSelection } from "../store/listing-store.ts";
import { type ItemRow, type JobRow, jobColumns, toItem } from "./job-rows.ts";

const askedAtOnce = 1_000;
/** Of the models that are left out so many are named. */
const refusalsKept = 20;

type Plan = Parameters<BulkStore["plan"]>[1];

/** Writes down what would be moved, and a digest of that. */
export async function planJob(client: Queryable, workspace: string, plan: Plan): Promise<JobRow> {
  const { request, actor, requestId, now } = plan;
  const { target } = request;
  const { rows } = await client.query<{ job_no: number }>(
    `INSERT INTO registry.bulk_job (workspace, request, target_kind, target, state, actor_id, actor_name, reason, request_id,
       creation_time)
     VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9) RETURNING job_no`,
    [
      workspace,
      JSON.stringify(request),
      target.kind,
      targetName(target),
      actor.id,
      actor.name,
      request.reason ?? null,
      requestId,
      now,
    ],
  );
  const jobNo = rows[0]?.job_no ?? 0;
  const selected = await insertItems(client, workspace, jobNo, plan);
  const { refused, refusals } = plan.refuse
    ? await leaveOut(client, jobNo, plan.refuse)
    : { refused: 0, refusals: [] };
  const { rows: done } = await client.query<JobRow>(
    `UPDATE registry.bulk_job j SET selected = $2, refused = $3, refusals = $5, items = i.items, digest = i.digest
     FROM (
       SELECT count(*) AS items, encode(sha256(convert_to(concat($4::text, ':', coalesce(string_agg(
         concat_ws(',', item_no, model_no, version, from_stage, to_stage, coalesce(from_version, 0), coalesce(to_version, 0)),
         ';' ORDER BY item_no), '')), 'UTF8')), 'hex') AS digest
       FROM registry.bulk_item WHERE job_no = $1
     ) i
     WHERE j.job_no = $1 RETURNING ${jobColumns}`,
    [jobNo, selected, refused, JSON.stringify([jobNo, target]), JSON.stringify(refusals)],
  );
  return done[0] as JobRow;
}

/** One statement, whatever the number of models; answers how many were selected. */
async function insertItems(
  client: Queryable,
  workspace: string,
  jobNo: number,
  { request: { target, version }, selection }: Plan,
): Promise<number> {
  const values = new StatementValues();
  const wanted = printVersion(version, values);
  const conditions = printSelection(workspace, selection, values).join(" AND ");
  const job = `${values.add(jobNo)}::bigint`;
  const insertion =
    target.kind === "alias"
      ? `INSERT INTO registry.bulk_item (job_no, item_no, model_no, from_version, to_version)
         SELECT ${job}, row_number() OVER (ORDER BY s.model_no), s.model_no, a.version, s.version
         FROM selected s
         LEFT JOIN registry.model_alias a ON a.model_no = s.model_no AND a.alias = ${values.add(target.alias)}
         WHERE a.version IS DISTINCT FROM s.version ${version.kind === "none" ? "" : "AND s.version IS NOT NULL"}`
      : `INSERT INTO registry.bulk_item (job_no, item_no, model_no, version, from_stage, to_stage)
         SELECT ${job}, row_number() OVER (ORDER BY s.model_no), s.model_no, v.version, v.stage, t.stage
         FROM selected s JOIN registry.model_version v USING (model_no, version)
         CROSS JOIN (SELECT ${values.add(target.stage)}::text AS stage) t
         WHERE v.stage <> t.stage`;
  const { rows } = await client.query<{ selected: number }>(
    `WITH selected AS MATERIALIZED (
       SELECT m.model_no, ${wanted} AS version FROM registry.model m WHERE ${conditions}
     ), items AS (${insertion})
     SELECT count(*)::int AS selected FROM selected`,
    [...values.list],
  );
  return rows[0]?.selected ?? 0;
}

/** `m` is registry.model. */
function printVersion(version: WantedVersion, values: StatementValues): string {
  const newest = (condition: string) =>
    `(SELECT v.version FROM registry.model_version v WHERE v.model_no = m.model_no ${condition} AND v.deleted_time IS NULL
      ORDER BY v.version DESC LIMIT 1)`;
  switch (version.kind) {
    case "none":
      return "NULL::int";
    case "latest":
      return newest("");
    case "stage":
      return newest(`AND v.stage = ${values.add(version.stage)}`);
    case "alias":
      return `(SELECT a.version FROM registry.model_alias a
        WHERE a.model_no = m.model_no AND a.alias = ${values.add(version.alias)})`;
  }
}

async function leaveOut(
  client: Queryable,
  jobNo: number,
  refuse: NonNullable<Plan["refuse"]>,
): Promise<{ readonly refused: number; readonly refusals: readonly Refusal[] }> {
  const refusals: Refusal[] = [];
  let refused = 0;
  let after = 0;
  for (;;) {
    const { rows } = await client.query<ItemRow>(
      `SELECT i.*, m.name FROM registry.bulk_item i JOIN registry.model m USING (model_no)
       WHERE i.job_no = $1 AND i.item_no > $2 ORDER BY i.item_no LIMIT ${askedAtOnce}`,
      [jobNo, after],
    );
    const leaving = await refuse(rows.map(toItem));
    if (leaving.length > 0)
      await client.query("DELETE FROM registry.bulk_item WHERE job_no = $1 AND item_no = ANY ($2::int[])", [
        jobNo,
        leaving.map(({ item }) => item.item),
      ]);
    refused += leaving.length;
    for (const { item, reason } of leaving.slice(0, refusalsKept - refusals.length))
      refusals.push({ model: item.model, reason });
    after = rows.at(-1)?.item_no ?? after;
    if (rows.length < askedAtOnce) return { refused, refusals };
  }
}
