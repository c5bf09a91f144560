import {
  type Caller,
  type GuardRules,
  guardService,
  type Permission,
  readable,
} from "@runweir/identity-domain";
import type { MetricInput } from "../run.ts";
import type { Tracking } from "../tracking.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import type { ExperimentGate, ExperimentNeed } from "./experiment-gate.ts";

type Needs = readonly ExperimentNeed[];

function experiment(permission: Permission) {
  return (id: string): Needs => [{ permission, on: { kind: "experiment", id } }];
}

function experiments(permission: Permission, ids: readonly string[]): Needs {
  return ids.map((id) => ({ permission, on: { kind: "experiment", id } }));
}

function run(permission: Permission) {
  return (id: string): Needs => [{ permission, on: { kind: "run", id } }];
}

function runs(permission: Permission, ids: readonly string[]): Needs {
  return ids.map((id) => ({ permission, on: { kind: "run", id, mayBeAbsent: true } }));
}

function loggedModel(permission: Permission) {
  return (id: string): Needs => [{ permission, on: { kind: "logged-model", id } }];
}

/** Metrics on a logged model are written to it as well as to the run. */
function metrics(runId: string, logged: readonly MetricInput[]): Needs {
  const modelIds = new Set(logged.flatMap(({ modelId }) => (modelId === undefined ? [] : [modelId])));
  return [
    ...run("experiment.log")(runId),
    ...[...modelIds].flatMap((modelId) => loggedModel("experiment.log")(modelId)),
  ];
}

/** What each method takes, and on which experiment. Deleting and restoring takes managing it, as MLflow has it. */
const rules: GuardRules<Tracking, ExperimentNeed> = {
  // Whether a name is taken is told to those who may read what has it.
  createExperiment: ({ name }) => [
    { permission: "experiment.create" },
    { permission: "experiment.read", on: { kind: "experiment-name", name } },
  ],
  getExperiment: experiment("experiment.read"),
  getExperimentByName: (name) => [{ permission: "experiment.read", on: { kind: "experiment-name", name } }],
  searchExperiments: () => [{ permission: "experiment.read" }],
  deleteExperiment: experiment("experiment.manage"),
  restoreExperiment: experiment("experiment.manage"),
  renameExperiment: (id, newName) => [
    { permission: "experiment.edit", on: { kind: "experiment", id }, newName },
  ],
  setExperimentTag: experiment("experiment.edit"),
  deleteExperimentTag: experiment("experiment.edit"),

  createRun: ({ experimentId }) => experiment("experiment.log")(experimentId),
  // The run that is there already may be another experiment's, and the answer tells of it.
  ensureRun: ({ experimentId, runId }) => [
    ...experiment("experiment.log")(experimentId),
    ...runs("experiment.log", [runId]),
  ],
  updateRun: ({ runId }) => run("experiment.log")(runId),
  deleteRun: run("experiment.manage"),
  restoreRun: run("experiment.manage"),
  getRun: run("experiment.read"),
  getRunInfo: run("experiment.read"),
  searchRuns: () => [{ permission: "experiment.read" }],

  logBatch: ({ runId, metrics: logged = [] }) => metrics(runId, logged),
  logMetric: (runId, metric) => metrics(runId, [metric]),
  logParam: run("experiment.log"),
  setTag: run("experiment.log"),
  deleteTag: run("experiment.edit"),
  logInputs: ({ runId }) => run("experiment.log")(runId),
  logOutputs: run("experiment.log"),
  recordLoggedModelJson: run("experiment.log"),

  getMetricHistory: ({ runId }) => run("experiment.read")(runId),
  getMetricHistoryInterval: ({ runIds }) => runs("experiment.read", runIds),
  getMetricStatistics: (runIds) => runs("experiment.read", runIds),
  getChart: ({ runIds }) => runs("experiment.read", runIds),
  getDelivery: run("experiment.read"),
  searchDatasets: (ids) => experiments("experiment.read", ids),

  createLoggedModel: ({ experimentId }) => experiment("experiment.log")(experimentId),
  getLoggedModel: loggedModel("experiment.read"),
  finalizeLoggedModel: loggedModel("experiment.log"),
  deleteLoggedModel: loggedModel("experiment.manage"),
  searchLoggedModels: () => [{ permission: "experiment.read" }],
  setLoggedModelTags: loggedModel("experiment.log"),
  deleteLoggedModelTag: loggedModel("experiment.edit"),
  recordModelVersion: loggedModel("experiment.edit"),
  logLoggedModelParams: loggedModel("experiment.log"),

  listKeys: (ids) => experiments("experiment.read", ids),
  countRuns: () => [{ permission: "experiment.read" }],
};

/**
 * Tracking as doors get it. Searches leave out experiments that may not be read, as MLflow's do; whatever else names
 * experiments or runs is refused as a whole when one of them may not be read.
 */
export function guardTracking(
  tracking: Tracking,
  options: {
    readonly gate: ExperimentGate;
    /** Rejects unless the caller may write where an experiment is to keep its artifacts. */
    requireLocation?(caller: Caller, uri: string): Promise<void>;
    /** Hears of every experiment that was made, so that its maker may manage it. */
    onCreated?(caller: Caller, experimentId: string): Promise<void>;
  },
): Tracking {
  /** The same input without the experiments that the caller may not read. */
  async function readableOnly<Input extends { readonly experimentIds: readonly string[] }>(
    caller: Caller,
    input: Input,
  ): Promise<Input> {
    const experimentIds = input.experimentIds.map(requireExperimentId);
    const visible = await options.gate.readableAmong(caller, experimentIds);
    return { ...input, experimentIds: experimentIds.filter((id) => visible.has(id)) };
  }

  const seen: Tracking = {
    ...tracking,
    searchRuns: async (caller, input) => tracking.searchRuns(caller, await readableOnly(caller, input)),
    countRuns: async (caller, input) => tracking.countRuns(caller, await readableOnly(caller, input)),
    searchLoggedModels: async (caller, input) =>
      tracking.searchLoggedModels(caller, await readableOnly(caller, input)),
    searchExperiments: (caller, input) =>
      tracking.searchExperiments(caller, { ...input, visible: readable(caller, "experiment") }),
    async createExperiment(caller, input) {
      if (input.artifactLocation) await options.requireLocation?.(caller, input.artifactLocation);
      const experimentId = await tracking.createExperiment(caller, input);
      await options.onCreated?.(caller, experimentId);
      return experimentId;
    },
  };
  return guardService(seen, rules, options.gate.require);
}
