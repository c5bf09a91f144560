import { modelNotFound, runNotFound } from "../src/service/find-or-refuse.ts";
import type { Tracking } from "../src/tracking.ts";

/**
 * As much of tracking as the other slices ask for: where runs and logged models keep their files, by their ids, looked up at
 * every call. Logged models come from run `trained`; versions made of them are noted as `<model id>: <name>/<version>`.
 */
export function trackedPlaces(
  places: Readonly<Record<string, string>>,
  recorded: string[] = [],
): Pick<Tracking, "getRunInfo" | "getLoggedModel" | "recordModelVersion"> {
  return {
    async getRunInfo(_caller, runId) {
      const artifactUri = places[runId];
      if (artifactUri === undefined) throw runNotFound(runId);
      return {
        runId,
        runName: "tested",
        experimentId: "0",
        userId: "tester",
        status: "RUNNING",
        startTime: 0,
        endTime: null,
        artifactUri,
        lifecycleStage: "active",
      };
    },

    async getLoggedModel(_caller, modelId) {
      const artifactUri = places[modelId];
      if (artifactUri === undefined) throw modelNotFound(modelId);
      return {
        modelId,
        experimentId: "0",
        name: "tested",
        artifactUri,
        creationTime: 0,
        lastUpdateTime: 0,
        status: "READY",
        sourceRunId: "trained",
        tags: [],
        params: [],
        metrics: [],
      };
    },

    async recordModelVersion(_caller, modelId, { name, version }) {
      if (places[modelId] === undefined) throw modelNotFound(modelId);
      recorded.push(`${modelId}: ${name}/${version}`);
    },
  };
}
