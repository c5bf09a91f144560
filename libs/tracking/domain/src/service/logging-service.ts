import { DomainError } from "@runweir/errors";
import type { PointBatch } from "@runweir/ingest-domain";
import type { MetricInput, Param } from "../run.ts";
import type { Tracking } from "../tracking.ts";
import {
  checkBatch,
  checkParams,
  checkTags,
  requireAtMost,
  toPointBatch,
} from "../validation/check-batch.ts";
import { checkDatasetInput } from "../validation/check-dataset.ts";
import { limits } from "../validation/limits.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { modelNotFound, requireActiveRun, runDeleted, runNotFound } from "./find-or-refuse.ts";

type LoggingMethods = Pick<
  Tracking,
  | "logBatch"
  | "logMetric"
  | "logParam"
  | "setTag"
  | "deleteTag"
  | "logInputs"
  | "logOutputs"
  | "recordLoggedModelJson"
>;

const nowhere = (): string => "";

/** What a running training script writes. Params, then metrics, then tags; each kind all or nothing. */
export function loggingService({ store, log }: TrackingDependencies): LoggingMethods {
  async function append(workspace: string, runId: string, points: PointBatch): Promise<void> {
    const { status } = await log.append({ workspace, runId, points });
    if (status === "run_not_found") throw runNotFound(runId);
    if (status === "run_deleted") throw runDeleted(runId);
  }

  async function writeMetrics(
    workspace: string,
    runId: string,
    metrics: readonly MetricInput[],
    points: PointBatch,
  ): Promise<void> {
    const onModels = metrics.filter(isOnModel);
    if (onModels.length > 0)
      await requireModels(
        workspace,
        onModels.map((metric) => metric.modelId),
      );
    await append(workspace, runId, points);
    if (onModels.length > 0) await store.writeLoggedModelMetrics(workspace, runId, onModels);
  }

  async function requireModels(workspace: string, modelIds: readonly string[]): Promise<void> {
    const asked = [...new Set(modelIds)];
    const found = new Set(await store.findLoggedModelIds(workspace, asked));
    const missing = asked.find((modelId) => !found.has(modelId));
    if (missing !== undefined) throw modelNotFound(missing);
  }

  return {
    async logBatch({ workspace }, input) {
      const { runId, metrics = [] } = input;
      const { points, params, tags } = checkBatch(input);
      if (metrics.length === 0) {
        if (params.length + tags.length === 0) await requireActiveRun(store, workspace, runId);
        else await store.writeParamsAndTags(workspace, runId, { params, tags, batch: true });
        return;
      }
      if (params.length > 0)
        await store.writeParamsAndTags(workspace, runId, { params, tags: [], batch: true });
      await writeMetrics(workspace, runId, metrics, points);
      if (tags.length > 0)
        await store.writeParamsAndTags(workspace, runId, { params: [], tags, batch: true });
    },

    async logMetric({ workspace }, runId, metric) {
      await writeMetrics(workspace, runId, [metric], toPointBatch([metric], nowhere));
    },

    async logParam({ workspace }, runId, param) {
      const params: readonly Param[] = checkParams([param], nowhere);
      await store.writeParamsAndTags(workspace, runId, { params, tags: [], batch: false });
    },

    async setTag({ workspace }, runId, tag) {
      const tags = checkTags([tag], nowhere);
      await store.writeParamsAndTags(workspace, runId, { params: [], tags, batch: false });
    },

    async deleteTag({ workspace }, runId, key) {
      await requireActiveRun(store, workspace, runId);
      if (await store.deleteTag(workspace, runId, key)) return;
      throw new DomainError("not_found", `No tag with name: ${key} in run with id ${runId}`, {
        field: "key",
      });
    },

    async logInputs({ workspace }, { runId, datasets = [], models = [] }) {
      requireAtMost("datasets", limits.datasetsPerBatch, datasets.length);
      const checked = datasets.map(checkDatasetInput);
      await requireActiveRun(store, workspace, runId);
      if (models.length > 0)
        await requireModels(
          workspace,
          models.map((model) => model.modelId),
        );
      await store.logInputs(workspace, runId, { datasets: checked, models });
    },

    async logOutputs({ workspace }, runId, models) {
      await requireActiveRun(store, workspace, runId);
      if (models.length > 0)
        await requireModels(
          workspace,
          models.map((model) => model.modelId),
        );
      await store.logOutputs(workspace, runId, models);
    },

    async recordLoggedModelJson({ workspace }, runId, modelJson) {
      const model = parseModelJson(modelJson);
      await requireActiveRun(store, workspace, runId);
      await store.appendToTagList(workspace, runId, "mlflow.log-model.history", model);
    },
  };
}

function isOnModel(metric: MetricInput): metric is MetricInput & { readonly modelId: string } {
  return metric.modelId !== undefined;
}

const mandatoryModelFields = ["artifact_path", "flavors", "run_id", "utc_time_created"];

function parseModelJson(modelJson: string): object {
  let model: unknown;
  try {
    model = JSON.parse(modelJson);
  } catch {
    throw new DomainError(
      "invalid_argument",
      `Malformed model info. \n ${modelJson} \n is not a valid JSON.`,
      { field: "model_json" },
    );
  }
  const fields = typeof model === "object" && model !== null ? model : {};
  const missing = mandatoryModelFields.filter((field) => !(field in fields));
  if (missing.length > 0)
    throw new DomainError(
      "invalid_argument",
      `Model json is missing mandatory fields: {${missing.map((field) => `'${field}'`).join(", ")}}`,
      { field: "model_json" },
    );
  return fields;
}
