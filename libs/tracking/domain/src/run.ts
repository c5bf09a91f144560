import type { DatasetInput } from "./dataset.ts";
import type { LifecycleStage, Tag } from "./experiment.ts";

export const runStatuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;
export type RunStatus = (typeof runStatuses)[number];

const endedStatuses: ReadonlySet<RunStatus> = new Set(["FINISHED", "FAILED", "KILLED"]);

export function hasEnded(status: RunStatus): boolean {
  return endedStatuses.has(status);
}

/** Whoever sets this tag gives the run that name. */
export const runNameTag = "mlflow.runName";

export interface RunInfo {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly endTime: number | null;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

export interface Param {
  readonly key: string;
  readonly value: string;
}

/** The latest point of a metric: greatest (step, timestamp, value). */
export interface LatestMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface ModelInput {
  readonly modelId: string;
}

export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

export interface Run {
  readonly info: RunInfo;
  readonly metrics: readonly LatestMetric[];
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
  readonly datasetInputs: readonly DatasetInput[];
  readonly modelInputs: readonly ModelInput[];
  readonly modelOutputs: readonly ModelOutput[];
}

/** One point as a client logs it, with the model and dataset it may be about (MLflow 3). */
export interface MetricInput {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly modelId?: string | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}
