import { type Database, translateFailures } from "@runweir/postgres";
import type { TrackingImport } from "@runweir/tracking-domain";
import { createAnnouncer } from "../store/announcer.ts";
import { placeExperiment } from "./place-experiment.ts";
import { placeLoggedModels } from "./place-logged-models.ts";
import { placeRuns } from "./place-runs.ts";

/** `artifactLocation`: where an experiment of this id keeps its artifacts here, unless it has a place of its own. */
export function createTrackingImport(options: {
  readonly database: Database;
  readonly artifactLocation: (experimentId: string) => string;
}): TrackingImport {
  const database = translateFailures(options.database);
  // Pages ask anew after any break: what could not be announced is seen then.
  const { announce } = createAnnouncer(options.database, () => {});
  return {
    async placeExperiment(workspace, experiment) {
      const placed = await database.transaction((client) =>
        placeExperiment(client, workspace, experiment, options.artifactLocation),
      );
      if (placed.outcome !== "deleted")
        announce(workspace, { kind: "experiment", experimentId: placed.experimentId });
      return placed;
    },

    async placeRuns(workspace, runs) {
      const outcomes = await database.transaction((client) => placeRuns(client, workspace, runs));
      for (const { info } of runs)
        if (outcomes.get(info.runId) === "made")
          announce(workspace, { kind: "run", experimentId: info.experimentId, runId: info.runId });
      return outcomes;
    },

    async placeLoggedModels(workspace, models) {
      const outcomes = await database.transaction((client) => placeLoggedModels(client, workspace, models));
      for (const { modelId, experimentId } of models)
        if (outcomes.get(modelId) === "made") announce(workspace, { kind: "model", experimentId, modelId });
      return outcomes;
    },
  };
}
