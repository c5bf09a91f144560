import { DomainError } from "@runweir/errors";
import type { Tracking } from "@runweir/tracking-domain";

/** As much of tracking as artifacts ask for: where the files of a run or a model lie. Looked up at every call. */
export function trackedLocations(
  locations: Readonly<Record<string, string>>,
): Pick<Tracking, "getRun" | "getLoggedModel"> {
  const find = (id: string, what: string) => {
    const artifactUri = locations[id];
    if (artifactUri === undefined) throw new DomainError("not_found", `${what} with id=${id} not found`);
    return artifactUri;
  };
  return {
    getRun: async (_caller, runId) => ({
      info: {
        runId,
        runName: "tested",
        experimentId: "0",
        userId: "tester",
        status: "RUNNING",
        startTime: 0,
        endTime: null,
        artifactUri: find(runId, "Run"),
        lifecycleStage: "active",
      },
      metrics: [],
      params: [],
      tags: [],
      datasetInputs: [],
      modelInputs: [],
      modelOutputs: [],
    }),
    getLoggedModel: async (_caller, modelId) => ({
      modelId,
      experimentId: "0",
      name: "tested",
      artifactUri: find(modelId, "Logged model"),
      creationTime: 0,
      lastUpdateTime: 0,
      status: "READY",
      tags: [],
      params: [],
      metrics: [],
    }),
  };
}
