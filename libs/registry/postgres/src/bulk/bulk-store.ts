import { readPage, type Statements, StatementValues, translateFailures } from "@runweir/postgres";
import type { BulkStore } from "@runweir/registry-domain";
import { type ItemRow, type JobRow, jobColumns, toItem, toJob } from "./job-rows.ts";
import { planJob } from "./plan-job.ts";

export function createBulkStore(options: { readonly database: Statements }): BulkStore {
  const database = translateFailures(options.database);
  return {
    plan: async (workspace, plan) =>
      toJob(await database.transaction((client) => planJob(client, workspace, plan))),

    async findJob(workspace, jobId) {
      const [row] = await database.query<JobRow>(
        `SELECT ${jobColumns} FROM registry.bulk_job j WHERE j.workspace = $1 AND j.job_no = $2`,
        [workspace, jobId],
      );
      return row && toJob(row);
    },

    async listJobs(workspace, { limit, pageToken, actorId }) {
      const values = new StatementValues();
      const page = await readPage<JobRow>(database, {
        columns: jobColumns,
        tables: "registry.bulk_job j",
        conditions: [
          `j.workspace = ${values.add(workspace)}`,
          ...(actorId === undefined ? [] : [`j.actor_id = ${values.add(actorId)}`]),
        ],
        terms: [{ name: "job", expression: "j.job_no", type: "bigint", ascending: false, nullable: false }],
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toJob) };
    },

    async listItems(workspace, jobId, { limit, pageToken }) {
      const values = new StatementValues();
      const page = await readPage<ItemRow>(database, {
        columns:
          "i.item_no, m.name, i.version, i.from_version, i.to_version, i.from_stage, i.to_stage, i.is_skipped",
        tables:
          "registry.bulk_job j JOIN registry.bulk_item i USING (job_no) JOIN registry.model m USING (model_no)",
        conditions: [`j.workspace = ${values.add(workspace)}`, `j.job_no = ${values.add(jobId)}::bigint`],
        terms: [{ name: "item", expression: "i.item_no", type: "bigint", ascending: true, nullable: false }],
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toItem) };
    },

    async step(workspace, jobId, step) {
      const { from, to } = steps[step];
      const rows = await database.query(
        `UPDATE registry.bulk_job SET ${to} WHERE workspace = $1 AND job_no = $2 AND ${from} RETURNING job_no`,
        [workspace, jobId],
      );
      return rows.length > 0;
    },
  };
}

const steps = {
  apply: { from: "state = 'planned'", to: "state = 'running'" },
  pause: { from: "state = 'running'", to: "state = 'paused'" },
  resume: { from: "state = 'paused'", to: "state = 'running'" },
  undo: {
    from: "direction = 'apply' AND state IN ('ended', 'paused')",
    to: "state = 'running', direction = 'undo'",
  },
} as const;
