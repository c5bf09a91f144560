import { DomainError } from "@runweir/errors";
import { experimentGrammar } from "../filter/experiment-grammar.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { parseOrderBy } from "../filter/parse-order-by.ts";
import type { Tracking } from "../tracking.ts";
import { checkArtifactLocation } from "../validation/check-artifact-location.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import { requireName } from "../validation/check-name.ts";
import { requireText } from "../validation/check-text.ts";
import { limits } from "../validation/limits.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { experimentNotFound, requireActiveExperiment, requireExperiment } from "./find-or-refuse.ts";
import { requireMaxResults } from "./require-max-results.ts";

type ExperimentMethods = Pick<
  Tracking,
  | "createExperiment"
  | "getExperiment"
  | "getExperimentByName"
  | "searchExperiments"
  | "deleteExperiment"
  | "restoreExperiment"
  | "renameExperiment"
  | "setExperimentTag"
  | "deleteExperimentTag"
>;

export function experimentService(dependencies: TrackingDependencies): ExperimentMethods {
  const { store, clock } = dependencies;
  return {
    createExperiment({ workspace }, { name, artifactLocation, tags = [] }) {
      const location = artifactLocation ? checkArtifactLocation(artifactLocation) : undefined;
      const absolute = location && (dependencies.resolveLocation?.(location) ?? location);
      return store.createExperiment(workspace, {
        name: checkExperimentName(name),
        artifactLocation: absolute ? () => absolute : dependencies.artifactLocation,
        tags: [...new Map(tags.map((tag) => [tag.key, checkExperimentTag(tag)])).values()],
        now: clock.now(),
      });
    },

    getExperiment: ({ workspace }, experimentId) => requireExperiment(store, workspace, experimentId),

    async getExperimentByName({ workspace }, name) {
      const experiment = await store.findExperimentByName(workspace, name);
      if (experiment) return experiment;
      throw new DomainError("not_found", `Could not find experiment with name '${name}'`, {
        field: "experiment_name",
      });
    },

    async searchExperiments(
      { workspace },
      { filter, orderBy = [], viewType, maxResults, pageToken, visible },
    ) {
      return store.searchExperiments(workspace, {
        where: parseFilter(filter, experimentGrammar),
        orderBy: parseOrderBy(orderBy, experimentGrammar),
        viewType,
        limit: requireMaxResults(maxResults, limits.searchExperiments),
        pageToken: pageToken || undefined,
        visible,
      });
    },

    async deleteExperiment({ workspace }, experimentId) {
      const id = requireExperimentId(experimentId);
      if (!(await store.moveExperiment(workspace, id, "deleted", clock.now())))
        throw experimentNotFound(experimentId);
    },

    async restoreExperiment({ workspace }, experimentId) {
      const id = requireExperimentId(experimentId);
      if (!(await store.moveExperiment(workspace, id, "active", clock.now())))
        throw experimentNotFound(experimentId);
    },

    async renameExperiment({ workspace }, experimentId, newName) {
      const name = checkExperimentName(newName);
      const id = requireExperimentId(experimentId);
      if (await store.renameExperiment(workspace, id, name, clock.now())) return;
      await requireExperiment(store, workspace, experimentId);
      throw new DomainError("failed_precondition", "Cannot rename a non-active experiment.", {
        field: "experiment_id",
        reason: "invalid_state",
      });
    },

    async setExperimentTag({ workspace }, experimentId, tag) {
      const checked = checkExperimentTag(tag);
      const { experimentId: id } = await requireActiveExperiment(store, workspace, experimentId);
      await store.setExperimentTag(workspace, id, checked, clock.now());
    },

    async deleteExperimentTag({ workspace }, experimentId, key) {
      const { experimentId: id } = await requireActiveExperiment(store, workspace, experimentId);
      if (await store.deleteExperimentTag(workspace, id, key, clock.now())) return;
      throw new DomainError("not_found", `No tag with name: ${key} in experiment with id ${experimentId}`, {
        field: "key",
      });
    },
  };
}

function checkExperimentName(name: string): string {
  if (name.trim() === "")
    throw new DomainError("invalid_argument", `Invalid experiment name: '${name}'`, { field: "name" });
  return requireText("name", name, limits.experimentName);
}

function checkExperimentTag({ key, value }: { readonly key: string; readonly value: string }) {
  return {
    key: requireName("key", key, "key"),
    value: requireText("value", value, limits.experimentTagValue),
  };
}
