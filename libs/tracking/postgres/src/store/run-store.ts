import type { Statements } from "@runweir/postgres";
import type { DatasetInput, RunStore } from "@runweir/tracking-domain";
import { certificateStore } from "../delivery/certificate-store.ts";
import type { Announcer } from "./announcer.ts";
import {
  type RunDetailRow,
  type RunRow,
  runColumns,
  runDetailColumns,
  runDetailJoins,
  toRunInfo,
  toStoredRun,
} from "./run-rows.ts";
import { runTables } from "./run-tables.ts";
import { runSearch } from "./search-runs.ts";
import { writeParamsAndTags } from "./write-params-and-tags.ts";

export function runStore(database: Statements, { announce }: Announcer): RunStore {
  return {
    ...runSearch(database),
    ...runTables(database),
    ...certificateStore(database),

    async createRun(workspace, run, tags) {
      // The lock makes it wait for whoever is deleting the experiment, and then see that it is deleted.
      const [row] = await database.query<{ artifact_uri: string }>(
        `WITH experiment AS (
           SELECT experiment_id, rtrim(artifact_location, '/') || '/' || $1::text || '/artifacts' AS artifact_uri
           FROM tracking.experiment
           WHERE experiment_id = $3 AND workspace = $2 AND lifecycle_stage = 'active' FOR SHARE
         ), run AS (
           INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri,
             lifecycle_stage)
           SELECT $1::text, $2, experiment_id, $4, $5, $6, $7, artifact_uri, 'active' FROM experiment
           ON CONFLICT (run_id) DO NOTHING RETURNING run_no, artifact_uri
         ), tags AS (
           INSERT INTO tracking.run_tag (run_no, key, value)
           SELECT run_no, t.key, t.value FROM run, unnest($8::text[], $9::text[]) AS t (key, value)
         )
         SELECT artifact_uri FROM run`,
        [
          run.runId,
          workspace,
          run.experimentId,
          run.runName,
          run.userId,
          run.status,
          run.startTime,
          tags.map((tag) => tag.key),
          tags.map((tag) => tag.value),
        ],
        "tracking.create_run",
      );
      if (!row) return undefined;
      announce(workspace, { kind: "run", experimentId: run.experimentId, runId: run.runId });
      return { ...run, artifactUri: row.artifact_uri };
    },

    async findRunInfo(workspace, runId) {
      const [row] = await database.query<RunRow>(
        `SELECT ${runColumns} FROM tracking.run r WHERE r.run_id = $1 AND r.workspace = $2`,
        [runId, workspace],
        "tracking.find_run_info",
      );
      return row && toRunInfo(row);
    },

    async findRun(workspace, runId) {
      const [row] = await database.query<RunDetailRow>(
        `SELECT ${runColumns}, ${runDetailColumns} FROM tracking.run r ${runDetailJoins}
         WHERE r.run_id = $1 AND r.workspace = $2`,
        [runId, workspace],
        "tracking.find_run",
      );
      return row && toStoredRun(row);
    },

    async findRunIds(workspace, runIds) {
      const rows = await database.query<{ run_id: string }>(
        "SELECT run_id FROM tracking.run WHERE run_id = ANY ($1::text[]) AND workspace = $2",
        [runIds, workspace],
        "tracking.find_run_ids",
      );
      const found = new Set(rows.map((row) => row.run_id));
      return [...new Set(runIds)].filter((runId) => found.has(runId));
    },

    async updateRun(workspace, runId, { status, endTime, runName }) {
      const [row] = await database.query<RunRow>(
        `WITH r AS (
           UPDATE tracking.run SET status = coalesce($3, status), end_time = coalesce($4, end_time),
             run_name = coalesce($5, run_name)
           WHERE run_id = $1 AND workspace = $2 AND lifecycle_stage = 'active' RETURNING *
         ), tag AS (
           INSERT INTO tracking.run_tag (run_no, key, value) SELECT run_no, 'mlflow.runName', $5 FROM r WHERE $5 IS NOT NULL
           ON CONFLICT (run_no, key) DO UPDATE SET value = EXCLUDED.value
         )
         SELECT ${runColumns} FROM r`,
        [runId, workspace, status ?? null, endTime ?? null, runName ?? null],
        "tracking.update_run",
      );
      if (row) announce(workspace, { kind: "run", experimentId: String(row.experiment_id), runId });
      return row && toRunInfo(row);
    },

    async moveRun(workspace, runId, to, now) {
      const [row] = await database.query<{ experiment_id: number }>(
        `UPDATE tracking.run SET lifecycle_stage = $3, deleted_time = $4
         WHERE run_id = $1 AND workspace = $2 AND lifecycle_stage <> $3 RETURNING experiment_id`,
        [runId, workspace, to, to === "deleted" ? now : null],
      );
      if (row) announce(workspace, { kind: "run", experimentId: String(row.experiment_id), runId });
      return row !== undefined;
    },

    async writeParamsAndTags(workspace, runId, input) {
      const experimentId = await writeParamsAndTags(database, workspace, runId, input);
      announce(workspace, { kind: "run", experimentId, runId });
    },

    async deleteTag(workspace, runId, key) {
      const [row] = await database.query<{ experiment_id: number }>(
        `DELETE FROM tracking.run_tag t USING tracking.run r
         WHERE r.run_id = $1 AND r.workspace = $2 AND t.run_no = r.run_no AND t.key = $3 RETURNING r.experiment_id`,
        [runId, workspace, key],
      );
      if (row) announce(workspace, { kind: "run", experimentId: String(row.experiment_id), runId });
      return row !== undefined;
    },

    async logInputs(workspace, runId, { datasets, models }) {
      const experimentId = await database.transaction(async (client) => {
        const { rows } = await client.query<{ run_no: number; experiment_id: number }>(
          "SELECT run_no, experiment_id FROM tracking.run WHERE run_id = $1 AND workspace = $2 FOR NO KEY UPDATE",
          [runId, workspace],
        );
        const [run] = rows;
        if (!run) return undefined;
        // In one order for all: runs may share datasets, and whoever makes one is waited for by the others.
        for (const { dataset, tags } of datasets.toSorted(byNameAndDigest)) {
          await client.query(
            `INSERT INTO tracking.dataset (experiment_id, name, digest, source_type, source, schema, profile)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (experiment_id, name, digest) DO NOTHING`,
            [
              run.experiment_id,
              dataset.name,
              dataset.digest,
              dataset.sourceType,
              dataset.source,
              dataset.schema ?? null,
              dataset.profile ?? null,
            ],
          );
          // A statement of its own sees the dataset even when another writer has just made it.
          await client.query(
            `INSERT INTO tracking.run_dataset AS i (run_no, dataset_no, tags)
             SELECT $1, dataset_no, $5::jsonb FROM tracking.dataset
             WHERE experiment_id = $2 AND name = $3 AND digest = $4
             ON CONFLICT (run_no, dataset_no) DO UPDATE SET tags = i.tags || EXCLUDED.tags`,
            [
              run.run_no,
              run.experiment_id,
              dataset.name,
              dataset.digest,
              JSON.stringify(Object.fromEntries(tags.map((tag) => [tag.key, tag.value]))),
            ],
          );
        }
        await client.query(
          `INSERT INTO tracking.run_model (run_no, direction, model_id, step)
           SELECT $1, 'input', model_id, 0 FROM unnest($2::text[]) AS model_id ON CONFLICT DO NOTHING`,
          [run.run_no, models.map((model) => model.modelId)],
        );
        return String(run.experiment_id);
      });
      if (experimentId) announce(workspace, { kind: "run", experimentId, runId });
    },

    async logOutputs(workspace, runId, models) {
      const rows = await database.query<{ experiment_id: number }>(
        `WITH run AS (SELECT run_no, experiment_id FROM tracking.run WHERE run_id = $1 AND workspace = $2), made AS (
           INSERT INTO tracking.run_model (run_no, direction, model_id, step)
           SELECT run_no, 'output', o.model_id, o.step FROM run, unnest($3::text[], $4::bigint[]) AS o (model_id, step)
           ORDER BY o.model_id, o.step
           ON CONFLICT DO NOTHING
         )
         SELECT experiment_id FROM run`,
        [runId, workspace, models.map((model) => model.modelId), models.map((model) => model.step)],
      );
      for (const row of rows)
        announce(workspace, { kind: "run", experimentId: String(row.experiment_id), runId });
    },

    async appendToTagList(workspace, runId, key, entry) {
      await database.transaction(async (client) => {
        const { rows: runs } = await client.query<{ run_no: number; experiment_id: number }>(
          "SELECT run_no, experiment_id FROM tracking.run WHERE run_id = $1 AND workspace = $2 FOR NO KEY UPDATE",
          [runId, workspace],
        );
        const [run] = runs;
        if (!run) return;
        // Read once the lock is held: the statement above may have waited for another writer.
        const { rows: tags } = await client.query<{ value: string }>(
          "SELECT value FROM tracking.run_tag WHERE run_no = $1 AND key = $2",
          [run.run_no, key],
        );
        await client.query(
          `INSERT INTO tracking.run_tag (run_no, key, value) VALUES ($1, $2, $3)
           ON CONFLICT (run_no, key) DO UPDATE SET value = EXCLUDED.value`,
          [run.run_no, key, JSON.stringify([...parseList(tags[0]?.value), entry])],
        );
      });
    },
  };
}

function byNameAndDigest({ dataset: a }: DatasetInput, { dataset: b }: DatasetInput): number {
  return compareText(a.name, b.name) || compareText(a.digest, b.digest);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function parseList(value: string | undefined): readonly unknown[] {
  if (value === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    // A person wrote something else into the tag; the list begins anew.
    return [];
  }
}
