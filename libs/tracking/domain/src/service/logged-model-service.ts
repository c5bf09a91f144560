import { DomainError } from "@runweir/errors";
import { loggedModelGrammar } from "../filter/logged-model-grammar.ts";
import { parseField } from "../filter/parse-field.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import type { LoggedModel } from "../logged-model.ts";
import type { Tracking } from "../tracking.ts";
import type { LoggedModelOrder } from "../tracking-store.ts";
import { checkParams, checkTags } from "../validation/check-batch.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import { requireText } from "../validation/check-text.ts";
import { limits } from "../validation/limits.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { modelNotFound, requireActiveExperiment, requireModel } from "./find-or-refuse.ts";
import { randomName } from "./random-name.ts";
import { requireMaxResults } from "./require-max-results.ts";

type LoggedModelMethods = Pick<
  Tracking,
  | "createLoggedModel"
  | "getLoggedModel"
  | "finalizeLoggedModel"
  | "deleteLoggedModel"
  | "searchLoggedModels"
  | "setLoggedModelTags"
  | "deleteLoggedModelTag"
  | "recordModelVersion"
  | "logLoggedModelParams"
>;

export function loggedModelService(dependencies: TrackingDependencies): LoggedModelMethods {
  const { store, clock } = dependencies;
  return {
    async createLoggedModel({ workspace, principal }, input) {
      const name = checkModelName(input.name ?? randomName(dependencies.random));
      const params = checkParams(input.params ?? [], (i) => `params[${i}].`);
      const tags = checkTags(input.tags ?? [], (i) => `tags[${i}].`);
      const experiment = await requireActiveExperiment(store, workspace, input.experimentId);
      const modelId = `m-${dependencies.newId()}`;
      const now = clock.now();
      const model: LoggedModel = {
        modelId,
        experimentId: experiment.experimentId,
        name,
        artifactUri: `${experiment.artifactLocation.replace(/\/+$/, "")}/models/${modelId}/artifacts`,
        creationTime: now,
        lastUpdateTime: now,
        status: "PENDING",
        modelType: input.modelType && requireText("model_type", input.modelType, limits.experimentName),
        sourceRunId: input.sourceRunId,
        creatorId: principal.id,
        tags,
        params,
        metrics: [],
      };
      await store.createLoggedModel(workspace, model);
      return model;
    },

    getLoggedModel: ({ workspace }, modelId) => requireModel(store, workspace, modelId),

    async finalizeLoggedModel({ workspace }, modelId, status) {
      if (!(await store.setLoggedModelStatus(workspace, modelId, status, clock.now())))
        throw modelNotFound(modelId);
      return requireModel(store, workspace, modelId);
    },

    async deleteLoggedModel({ workspace }, modelId) {
      if (!(await store.deleteLoggedModel(workspace, modelId, clock.now()))) throw modelNotFound(modelId);
    },

    async searchLoggedModels({ workspace }, input) {
      const orderBy: readonly LoggedModelOrder[] = (input.orderBy ?? []).map((term) => {
        const field = parseField(term.fieldName, loggedModelGrammar);
        if (!loggedModelGrammar.orders.includes(field.entity))
          throw new DomainError(
            "invalid_argument",
            `Invalid order by field name: ${term.fieldName}. Only metrics and attributes are supported.`,
            { field: "order_by" },
          );
        return {
          field,
          ascending: term.ascending ?? true,
          dataset: term.datasetName ? { name: term.datasetName, digest: term.datasetDigest } : undefined,
        };
      });
      const datasets = input.datasets ?? [];
      if (datasets.some((dataset) => !dataset.name))
        throw new DomainError(
          "invalid_argument",
          "`dataset_name` in the `datasets` clause must be specified.",
          { field: "datasets" },
        );
      return store.searchLoggedModels(workspace, {
        experimentIds: input.experimentIds.map(requireExperimentId),
        where: parseFilter(input.filter, loggedModelGrammar),
        datasets,
        orderBy,
        limit: requireMaxResults(input.maxResults ?? limits.searchLoggedModels, limits.searchRuns),
        pageToken: input.pageToken || undefined,
      });
    },

    async setLoggedModelTags({ workspace }, modelId, tags) {
      const checked = checkTags(tags, (i) => `tags[${i}].`);
      if (!(await store.setLoggedModelTags(workspace, modelId, checked, clock.now())))
        throw modelNotFound(modelId);
      return requireModel(store, workspace, modelId);
    },

    async deleteLoggedModelTag({ workspace }, modelId, key) {
      await requireModel(store, workspace, modelId);
      if (await store.deleteLoggedModelTag(workspace, modelId, key, clock.now())) return;
      throw new DomainError("not_found", `No tag with key '${key}' found for model with ID '${modelId}'.`, {
        field: "tag_key",
      });
    },

    async recordModelVersion({ workspace }, modelId, version) {
      const append = (list: string | undefined) => appendVersion(list, version);
      if (!(await store.editLoggedModelTag(workspace, modelId, modelVersionsTag, append, clock.now())))
        throw modelNotFound(modelId);
    },

    async logLoggedModelParams({ workspace }, modelId, params) {
      const checked = checkParams(params, (i) => `params[${i}].`);
      await requireModel(store, workspace, modelId);
      await store.writeLoggedModelParams(workspace, modelId, checked, clock.now());
    },
  };
}

const modelVersionsTag = "mlflow.modelVersions";

/** The list as Python's json module writes it, because clients compare the text; one that is no list begins anew. */
function appendVersion(
  list: string | undefined,
  version: { readonly name: string; readonly version: number },
): string {
  const entry = `{"name": ${pythonJson(version.name)}, "version": ${version.version}}`;
  return list !== undefined && isFilledList(list)
    ? `${list.trimEnd().slice(0, -1)}, ${entry}]`
    : `[${entry}]`;
}

function pythonJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isFilledList(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.length > 0;
  } catch {
    return false;
  }
}

const forbidden = ["/", ":", ".", "%", '"', "'"];

function checkModelName(name: string): string {
  if (name === "" || forbidden.some((character) => name.includes(character)))
    throw new DomainError(
      "invalid_argument",
      `Invalid model name (${JSON.stringify(name)}) provided. Model name must be a non-empty string ` +
        `and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
      { field: "name" },
    );
  return requireText("name", name, limits.experimentName);
}
