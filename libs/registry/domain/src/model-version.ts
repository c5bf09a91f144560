import type { Tag } from "@runweir/tracking-domain";

export const modelVersionStatuses = ["PENDING_REGISTRATION", "FAILED_REGISTRATION", "READY"] as const;
export type ModelVersionStatus = (typeof modelVersionStatuses)[number];

export interface ModelVersion {
  /** Of the registered model. */
  readonly name: string;
  /** From 1, never used again, also not after its deletion. */
  readonly version: number;
  readonly stage: string;
  readonly description?: string | undefined;
  readonly creatorId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  /** What it was made of, in its maker's words: a location, `runs:/...` or `models:/...`. */
  readonly source: string;
  readonly runId?: string | undefined;
  readonly runLink?: string | undefined;
  /** The logged model (MLflow 3) it was made of. */
  readonly modelId?: string | undefined;
  readonly status: ModelVersionStatus;
  readonly statusMessage?: string | undefined;
  readonly tags: readonly Tag[];
  /** Ordered by name. */
  readonly aliases: readonly string[];
}
