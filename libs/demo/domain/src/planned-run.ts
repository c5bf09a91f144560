import type { DatasetInput, MetricInput, Param, RunStatus, Tag } from "@runweir/tracking-domain";

/** Everything a demo run will log, worked out before anything is written. Times are milliseconds since 1970. */
export interface PlannedRun {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly status: RunStatus;
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
  readonly datasets: readonly DatasetInput[];
  readonly metrics: readonly MetricInput[];
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly children: readonly PlannedRun[];
}

export interface PlannedExperiment {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly Tag[];
  readonly runs: readonly PlannedRun[];
}

export function countRuns(runs: readonly PlannedRun[]): number {
  return runs.reduce((sum, run) => sum + 1 + countRuns(run.children), 0);
}
