import type { Run, RunInfo } from "../src/run.ts";
import { modelNotFound, runNotFound } from "../src/service/find-or-refuse.ts";
import type { Tracking } from "../src/tracking.ts";

/**
 * As much of tracking as the other slices ask for: where runs and logged models keep their files, by their ids, looked up at
 * every call. Logged models come from run `trained`; versions made of them are noted as `<model id>: <name>/<version>`.
 */
export function trackedPlaces(
  places: Readonly<Record<string, string>>,
  recorded: string[] = [],
): Pick<Tracking, "getRun" | "getRunInfo" | "searchRuns" | "getLoggedModel" | "recordModelVersion"> {
  const infoOf = (runId: string): RunInfo => {
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
  };
  /** Every run has logged the same. */
  const runOf = (runId: string): Run => ({
    info: infoOf(runId),
    params: [{ key: "lr", value: "0.1" }],
    metrics: [{ key: "auc", value: 0.9, timestamp: 0, step: 0 }],
    tags: [{ key: "mlflow.source.git.commit", value: "c0ffee" }],
    datasetInputs: [
      {
        dataset: { name: "transactions", digest: "d1", sourceType: "s3", source: "s3://b/t" },
        tags: [{ key: "mlflow.data.context", value: "training" }],
      },
    ],
    modelInputs: [],
    modelOutputs: [],
  });
  return {
    getRun: async (_caller, runId) => runOf(runId),
    getRunInfo: async (_caller, runId) => infoOf(runId),
    searchRuns: async (_caller, { where }) => ({
      items:
        where?.kind === "comparison" && where.value === "d1"
          ? Object.keys(places)
              .filter((id) => !id.startsWith("m-"))
              .map(runOf)
          : [],
    }),

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
