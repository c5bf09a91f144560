import type { Tag } from "./experiment.ts";
import type { Param } from "./run.ts";

export const loggedModelStatuses = ["PENDING", "READY", "UPLOAD_FAILED"] as const;
export type LoggedModelStatus = (typeof loggedModelStatuses)[number];

export interface LoggedModelMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly modelId: string;
  readonly runId: string;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly status: LoggedModelStatus;
  readonly statusMessage?: string | undefined;
  readonly modelType?: string | undefined;
  readonly sourceRunId?: string | undefined;
  readonly creatorId?: string | undefined;
  readonly tags: readonly Tag[];
  readonly params: readonly Param[];
  readonly metrics: readonly LoggedModelMetric[];
}
