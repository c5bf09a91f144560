import type { DatasetInput } from "./dataset.ts";
import type { Experiment, Tag } from "./experiment.ts";
import type { LoggedModel } from "./logged-model.ts";
import type { ModelInput, ModelOutput, Param, RunInfo } from "./run.ts";

/** A run as it was somewhere else, but for its points. `experimentId` is that of the experiment here. */
export interface ImportedRun {
  readonly info: Omit<RunInfo, "artifactUri" | "lifecycleStage">;
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
  readonly datasetInputs: readonly DatasetInput[];
  readonly modelInputs: readonly ModelInput[];
  readonly modelOutputs: readonly ModelOutput[];
}

/**
 * - `made`: it was not there, and now is, whole.
 * - `there`: it was there, and is left as it is.
 * - `deleted`: it was there and was deleted since.
 * - `taken`: the id belongs to another one.
 */
export type ImportOutcome = "made" | "there" | "deleted" | "taken";

export interface PlacedExperiment {
  readonly outcome: "made" | "there" | "deleted";
  readonly experimentId: string;
  /** Of one that was there: tags that it did not have. */
  readonly addedTags: number;
  /** What is here with another value, which stays: tags and the place of its artifacts. */
  readonly differing: readonly string[];
}

/**
 * Takes over what was exported elsewhere: ids and times as they were. Everything is made whole or not at all, and what is
 * there already is never changed, so that an import may be repeated.
 */
export interface TrackingImport {
  /**
   * Finds the experiment of this name, or makes it: under its id when that is free, in its place unless that was the one
   * that its server gave it. Of one that is there, only tags that it does not have are added.
   */
  placeExperiment(
    workspace: string,
    experiment: Omit<Experiment, "lifecycleStage">,
  ): Promise<PlacedExperiment>;
  /** Runs of active experiments. One that is there is the same when experiment, user and start time are. */
  placeRuns(workspace: string, runs: readonly ImportedRun[]): Promise<ReadonlyMap<string, ImportOutcome>>;
  /** One that is there is the same when experiment and creation time are. */
  placeLoggedModels(
    workspace: string,
    models: readonly Omit<LoggedModel, "artifactUri" | "metrics">[],
  ): Promise<ReadonlyMap<string, ImportOutcome>>;
}
