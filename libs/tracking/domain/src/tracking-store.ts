import type { ObjectFilter } from "@runweir/identity-domain";
import type { RunTable, RunTableRequest } from "./analysis/run-table.ts";
import type { DatasetInput, DatasetSummary } from "./dataset.ts";
import type { DeliveryCertificate } from "./delivery/delivery.ts";
import type { Experiment, LifecycleStage, Page, Tag, ViewType } from "./experiment.ts";
import type { LoggedModel, LoggedModelStatus } from "./logged-model.ts";
import type { Expression, OrderBy, RunQuery } from "./query.ts";
import type { MetricInput, ModelInput, ModelOutput, Param, RunInfo, RunStatus } from "./run.ts";
import type { KeyCatalog, RunCounts } from "./tracking.ts";

/**
 * What the tracking service needs of its database. Arguments are already validated; each write is one transaction that
 * also announces its changes. `undefined` and empty answers mean "not there (in this workspace)"; the service turns them
 * into errors. The store itself throws only for what must be decided under a lock: names taken, params changed,
 * lifecycle stages that moved in the meantime.
 */
export interface TrackingStore extends ExperimentStore, RunStore, LoggedModelStore {}

export interface NewExperiment {
  readonly name: string;
  readonly artifactLocation: (experimentId: string) => string;
  readonly tags: readonly Tag[];
  readonly now: number;
}

export interface ExperimentStore {
  /** Rejects with `already_exists` when the name is taken, by a deleted experiment too. */
  createExperiment(workspace: string, experiment: NewExperiment): Promise<string>;
  findExperiment(workspace: string, experimentId: string): Promise<Experiment | undefined>;
  findExperimentByName(workspace: string, name: string): Promise<Experiment | undefined>;
  searchExperiments(
    workspace: string,
    query: {
      readonly where?: Expression | undefined;
      readonly orderBy: readonly OrderBy[];
      readonly viewType: ViewType;
      readonly limit: number;
      readonly pageToken?: string | undefined;
      readonly visible?: ObjectFilter | undefined;
    },
  ): Promise<Page<Experiment>>;
  /** Deleting and restoring take the experiment's runs along. False: there is no such experiment in the other stage. */
  moveExperiment(workspace: string, experimentId: string, to: LifecycleStage, now: number): Promise<boolean>;
  /** False: no such active experiment. Rejects with `already_exists` when the name is taken. */
  renameExperiment(workspace: string, experimentId: string, name: string, now: number): Promise<boolean>;
  setExperimentTag(workspace: string, experimentId: string, tag: Tag, now: number): Promise<void>;
  /** False: there was no such tag. */
  deleteExperimentTag(workspace: string, experimentId: string, key: string, now: number): Promise<boolean>;
}

/** A run without its metrics, which live with the metric reader. */
export interface StoredRun {
  readonly info: RunInfo;
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
  readonly datasetInputs: readonly DatasetInput[];
  readonly modelInputs: readonly ModelInput[];
  readonly modelOutputs: readonly ModelOutput[];
}

export interface RunStore {
  /**
   * Its place is `<the experiment's>/<run id>/artifacts`. Undefined: no such active experiment, or a run of that id is
   * there, in this workspace or another.
   */
  createRun(
    workspace: string,
    run: Omit<RunInfo, "artifactUri">,
    tags: readonly Tag[],
  ): Promise<RunInfo | undefined>;
  findRunInfo(workspace: string, runId: string): Promise<RunInfo | undefined>;
  findRun(workspace: string, runId: string): Promise<StoredRun | undefined>;
  /** The runs' places, for reads of many runs at once; runs that do not exist are left out. */
  findRunIds(workspace: string, runIds: readonly string[]): Promise<readonly string[]>;
  /** Only active runs are changed; undefined: none such. A new name changes tag `mlflow.runName` too. */
  updateRun(
    workspace: string,
    runId: string,
    change: {
      readonly status?: RunStatus | undefined;
      readonly endTime?: number | undefined;
      readonly runName?: string | undefined;
    },
  ): Promise<RunInfo | undefined>;
  moveRun(workspace: string, runId: string, to: LifecycleStage, now: number): Promise<boolean>;
  /**
   * Params first, then tags, in one transaction. Rejects with `not_found` / `failed_precondition` when the run is absent
   * or deleted, and with `invalid_argument` when a param is there with another value (MLflow's messages, of which there
   * are two: for one param, and for a batch).
   */
  writeParamsAndTags(
    workspace: string,
    runId: string,
    input: { readonly params: readonly Param[]; readonly tags: readonly Tag[]; readonly batch: boolean },
  ): Promise<void>;
  /** False: no such tag on the run. */
  deleteTag(workspace: string, runId: string, key: string): Promise<boolean>;
  /** Idempotent: an input logged twice is one. */
  logInputs(
    workspace: string,
    runId: string,
    input: { readonly datasets: readonly DatasetInput[]; readonly models: readonly ModelInput[] },
  ): Promise<void>;
  logOutputs(workspace: string, runId: string, models: readonly ModelOutput[]): Promise<void>;
  /** Appends to a tag that holds a JSON list, under the run's lock, so that two writers both end up in it. */
  appendToTagList(workspace: string, runId: string, key: string, entry: unknown): Promise<void>;
  /** A page of runs with their latest metrics, from folded statistics: the caller has let the reader catch up. */
  searchRuns(
    workspace: string,
    query: RunQuery,
  ): Promise<Page<StoredRun & { readonly metrics: readonly StoredMetric[] }>>;
  /** The active ones of these runs, in this order, as `searchRuns` would give them. */
  readRuns(
    workspace: string,
    runIds: readonly string[],
  ): Promise<readonly (StoredRun & { readonly metrics: readonly StoredMetric[] })[]>;
  /** From folded statistics, as `searchRuns`. */
  readRunTable(workspace: string, request: RunTableRequest): Promise<Omit<RunTable, "source">>;
  /** Whether there are at least so many runs, deleted ones included. Costs no more than counting that far. */
  hasRuns(workspace: string, experimentIds: readonly string[], atLeast: number): Promise<boolean>;
  countRuns(
    workspace: string,
    query: {
      readonly experimentIds: readonly string[];
      readonly where?: Expression | undefined;
      readonly viewType: ViewType;
    },
  ): Promise<RunCounts>;
  /** Keeps the certificate of this state of the run; the one that is there stays when it says the same. */
  keepCertificate(workspace: string, runId: string, certificate: DeliveryCertificate): Promise<void>;
  listKeys(workspace: string, experimentIds: readonly string[]): Promise<KeyCatalog>;
  searchDatasets(workspace: string, experimentIds: readonly string[]): Promise<readonly DatasetSummary[]>;
}

export interface StoredMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface LoggedModelOrder {
  readonly field: OrderBy["field"];
  readonly ascending: boolean;
  /** Only metrics logged on this dataset. */
  readonly dataset?: { readonly name: string; readonly digest?: string | undefined } | undefined;
}

export interface LoggedModelStore {
  createLoggedModel(workspace: string, model: LoggedModel): Promise<void>;
  findLoggedModel(workspace: string, modelId: string): Promise<LoggedModel | undefined>;
  /** The active ones of these. */
  readLoggedModels(workspace: string, modelIds: readonly string[]): Promise<readonly LoggedModel[]>;
  /** Which of these exist; for writes that name models. */
  findLoggedModelIds(workspace: string, modelIds: readonly string[]): Promise<readonly string[]>;
  setLoggedModelStatus(
    workspace: string,
    modelId: string,
    status: LoggedModelStatus,
    now: number,
  ): Promise<boolean>;
  deleteLoggedModel(workspace: string, modelId: string, now: number): Promise<boolean>;
  setLoggedModelTags(workspace: string, modelId: string, tags: readonly Tag[], now: number): Promise<boolean>;
  /** Writes what `edit` makes of the tag's present value, under the model's lock; false: no such model. */
  editLoggedModelTag(
    workspace: string,
    modelId: string,
    key: string,
    edit: (value: string | undefined) => string,
    now: number,
  ): Promise<boolean>;
  deleteLoggedModelTag(workspace: string, modelId: string, key: string, now: number): Promise<boolean>;
  /** Params are immutable: rejects with `invalid_argument` when one is there with another value. */
  writeLoggedModelParams(
    workspace: string,
    modelId: string,
    params: readonly Param[],
    now: number,
  ): Promise<void>;
  /** The metrics of a run that are about a model: the latest per (model, key, run, dataset) is kept. */
  writeLoggedModelMetrics(
    workspace: string,
    runId: string,
    metrics: readonly (MetricInput & { readonly modelId: string })[],
  ): Promise<void>;
  searchLoggedModels(
    workspace: string,
    query: {
      readonly experimentIds: readonly string[];
      readonly where?: Expression | undefined;
      readonly datasets: readonly { readonly name: string; readonly digest?: string | undefined }[];
      readonly orderBy: readonly LoggedModelOrder[];
      readonly limit: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<Page<LoggedModel>>;
}
