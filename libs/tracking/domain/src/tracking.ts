import type { Caller, ObjectFilter } from "@runweir/identity-domain";
import type { SeriesPoints, SeriesStatistics } from "@runweir/ingest-domain";
import type { ChartRequest, ChartSeries } from "./chart-series.ts";
import type { DatasetInput, DatasetSummary } from "./dataset.ts";
import type { LastSequence } from "./delivery/assess-delivery.ts";
import type { Delivery } from "./delivery/delivery.ts";
import type { Experiment, Page, Tag, ViewType } from "./experiment.ts";
import type { LoggedModel, LoggedModelStatus } from "./logged-model.ts";
import type { Expression, OrderBy } from "./query.ts";
import type { MetricInput, ModelInput, ModelOutput, Param, Run, RunInfo, RunStatus } from "./run.ts";

/**
 * The tracking service: the one thing that every door sees. All rules of experiments, runs and logged models live
 * behind it; a door only translates its wire. Every method rejects with a DomainError whose message is written for the
 * person who asked (MLflow's own words where clients match on them).
 */
export interface Tracking {
  // Experiments
  createExperiment(
    caller: Caller,
    input: { name: string; artifactLocation?: string | undefined; tags?: readonly Tag[] | undefined },
  ): Promise<string>;
  getExperiment(caller: Caller, experimentId: string): Promise<Experiment>;
  getExperimentByName(caller: Caller, name: string): Promise<Experiment>;
  searchExperiments(
    caller: Caller,
    input: {
      filter?: string | undefined;
      orderBy?: readonly string[] | undefined;
      viewType: ViewType;
      maxResults: number;
      pageToken?: string | undefined;
      /** Which there may be; all unless told. */
      visible?: ObjectFilter | undefined;
    },
  ): Promise<Page<Experiment>>;
  deleteExperiment(caller: Caller, experimentId: string): Promise<void>;
  restoreExperiment(caller: Caller, experimentId: string): Promise<void>;
  renameExperiment(caller: Caller, experimentId: string, newName: string): Promise<void>;
  setExperimentTag(caller: Caller, experimentId: string, tag: Tag): Promise<void>;
  deleteExperimentTag(caller: Caller, experimentId: string, key: string): Promise<void>;

  // Runs
  createRun(
    caller: Caller,
    input: {
      experimentId: string;
      userId?: string | undefined;
      runName?: string | undefined;
      startTime?: number | undefined;
      tags?: readonly Tag[] | undefined;
    },
  ): Promise<Run>;
  /**
   * Creates a run under an id that its producer chose: 32 lower-case hexadecimal digits. When it is there already, with the
   * experiment, user and start time that are given, nothing happens (its name and tags may have changed since); any other
   * run of that id is `already_exists`. The default of the start time is not compared.
   */
  ensureRun(
    caller: Caller,
    input: { runId: string; defaultStartTime: number } & Parameters<Tracking["createRun"]>[1],
  ): Promise<RunInfo>;
  updateRun(
    caller: Caller,
    input: {
      runId: string;
      status?: RunStatus | undefined;
      endTime?: number | undefined;
      runName?: string | undefined;
    },
  ): Promise<RunInfo>;
  deleteRun(caller: Caller, runId: string): Promise<void>;
  restoreRun(caller: Caller, runId: string): Promise<void>;
  /** `metrics: false` leaves its metrics out, of which a run may have a hundred thousand. */
  getRun(caller: Caller, runId: string, parts?: { readonly metrics?: boolean }): Promise<Run>;
  /** The run without what it logged: for those who want to know where its files are. */
  getRunInfo(caller: Caller, runId: string): Promise<RunInfo>;
  searchRuns(caller: Caller, input: SearchRunsInput): Promise<Page<Run>>;

  // What a run logs
  logBatch(
    caller: Caller,
    input: {
      runId: string;
      metrics?: readonly MetricInput[] | undefined;
      params?: readonly Param[] | undefined;
      tags?: readonly Tag[] | undefined;
    },
  ): Promise<void>;
  logMetric(caller: Caller, runId: string, metric: MetricInput): Promise<void>;
  logParam(caller: Caller, runId: string, param: Param): Promise<void>;
  setTag(caller: Caller, runId: string, tag: Tag): Promise<void>;
  deleteTag(caller: Caller, runId: string, key: string): Promise<void>;
  logInputs(
    caller: Caller,
    input: {
      runId: string;
      datasets?: readonly DatasetInput[] | undefined;
      models?: readonly ModelInput[] | undefined;
    },
  ): Promise<void>;
  logOutputs(caller: Caller, runId: string, models: readonly ModelOutput[]): Promise<void>;
  /** MLflow 2 clients: appends the model's JSON to tag `mlflow.log-model.history`. */
  recordLoggedModelJson(caller: Caller, runId: string, modelJson: string): Promise<void>;

  // Metrics
  /** Ordered by timestamp, step, value. Without `maxResults` everything is returned. */
  getMetricHistory(
    caller: Caller,
    input: { runId: string; key: string; maxResults?: number | undefined; pageToken?: string | undefined },
  ): Promise<{ points: SeriesPoints; nextPageToken?: string | undefined }>;
  /** MLflow's sampled history: at most `maxResults` points per run, its first and last steps and its extremes kept. */
  getMetricHistoryInterval(
    caller: Caller,
    input: {
      runIds: readonly string[];
      key: string;
      startStep?: number | undefined;
      endStep?: number | undefined;
      maxResults: number;
    },
  ): Promise<readonly { runId: string; points: SeriesPoints }[]>;
  getMetricStatistics(
    caller: Caller,
    runIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly SeriesStatistics[]>>;
  getChart(caller: Caller, request: ChartRequest): Promise<readonly ChartSeries[]>;

  // Delivery
  /**
   * What became of the points sent for a run, once everything accepted before the call has been applied. With the numbers
   * of the last batches that clients have sent, batches missing at the end are gaps too. Issues the certificate of a run
   * that has ended and is stored whole.
   */
  getDelivery(
    caller: Caller,
    runId: string,
    options?: { readonly lastSequences?: readonly LastSequence[] | undefined },
  ): Promise<Delivery>;

  // Datasets
  searchDatasets(caller: Caller, experimentIds: readonly string[]): Promise<readonly DatasetSummary[]>;

  // Logged models (MLflow 3)
  createLoggedModel(
    caller: Caller,
    input: {
      experimentId: string;
      name?: string | undefined;
      modelType?: string | undefined;
      sourceRunId?: string | undefined;
      params?: readonly Param[] | undefined;
      tags?: readonly Tag[] | undefined;
    },
  ): Promise<LoggedModel>;
  getLoggedModel(caller: Caller, modelId: string): Promise<LoggedModel>;
  finalizeLoggedModel(caller: Caller, modelId: string, status: LoggedModelStatus): Promise<LoggedModel>;
  deleteLoggedModel(caller: Caller, modelId: string): Promise<void>;
  searchLoggedModels(caller: Caller, input: SearchLoggedModelsInput): Promise<Page<LoggedModel>>;
  setLoggedModelTags(caller: Caller, modelId: string, tags: readonly Tag[]): Promise<LoggedModel>;
  deleteLoggedModelTag(caller: Caller, modelId: string, key: string): Promise<void>;
  /** Tag `mlflow.modelVersions` of the model: which versions of registered models were made of it. */
  recordModelVersion(
    caller: Caller,
    modelId: string,
    version: { readonly name: string; readonly version: number },
  ): Promise<void>;
  logLoggedModelParams(caller: Caller, modelId: string, params: readonly Param[]): Promise<void>;

  // What only our own pages ask
  /** Keys in use in these experiments, for column pickers, completion and automatic charts; most used first. */
  listKeys(caller: Caller, experimentIds: readonly string[]): Promise<KeyCatalog>;
  countRuns(
    caller: Caller,
    input: { experimentIds: readonly string[]; where?: Expression | undefined; viewType: ViewType },
  ): Promise<RunCounts>;
}

export interface SearchRunsInput {
  readonly experimentIds: readonly string[];
  /** MLflow's grammar, or our own superset as an AST; at most one of the two. */
  readonly filter?: string | undefined;
  readonly where?: Expression | undefined;
  readonly orderBy?: readonly (string | OrderBy)[] | undefined;
  readonly viewType: ViewType;
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

export interface SearchLoggedModelsInput {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  /** Limits metric comparisons to metrics logged on these datasets. */
  readonly datasets?: readonly { readonly name: string; readonly digest?: string | undefined }[] | undefined;
  readonly orderBy?:
    | readonly {
        readonly fieldName: string;
        readonly ascending?: boolean | undefined;
        readonly datasetName?: string | undefined;
        readonly datasetDigest?: string | undefined;
      }[]
    | undefined;
  readonly maxResults?: number | undefined;
  readonly pageToken?: string | undefined;
}

export interface KeyCatalog {
  readonly metrics: readonly { readonly key: string; readonly runs: number }[];
  readonly params: readonly { readonly key: string; readonly runs: number }[];
  readonly tags: readonly { readonly key: string; readonly runs: number }[];
}

export interface RunCounts {
  readonly total: number;
  readonly byStatus: Readonly<Record<RunStatus, number>>;
}
