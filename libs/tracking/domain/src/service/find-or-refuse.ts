import { DomainError } from "@runweir/errors";
import type { Experiment } from "../experiment.ts";
import type { LoggedModel } from "../logged-model.ts";
import type { RunInfo } from "../run.ts";
import type { TrackingStore } from "../tracking-store.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";

/** The errors of things that are not there, or not in the stage they must be in, in the words clients match on. */
export function experimentNotFound(experimentId: string): DomainError {
  return new DomainError("not_found", `No Experiment with id=${experimentId} exists`, {
    field: "experiment_id",
  });
}

export function runNotFound(runId: string): DomainError {
  return new DomainError("not_found", `Run with id=${runId} not found`, { field: "run_id" });
}

export function runDeleted(runId: string): DomainError {
  return new DomainError(
    "failed_precondition",
    `The run ${runId} must be in the 'active' state. Current state is deleted.`,
    { field: "run_id" },
  );
}

export function modelNotFound(modelId: string): DomainError {
  return new DomainError("not_found", `Logged model with ID '${modelId}' not found.`, { field: "model_id" });
}

export async function requireExperiment(
  store: TrackingStore,
  workspace: string,
  experimentId: string,
): Promise<Experiment> {
  const experiment = await store.findExperiment(workspace, requireExperimentId(experimentId));
  if (!experiment) throw experimentNotFound(experimentId);
  return experiment;
}

export async function requireActiveExperiment(
  store: TrackingStore,
  workspace: string,
  experimentId: string,
): Promise<Experiment> {
  const experiment = await requireExperiment(store, workspace, experimentId);
  if (experiment.lifecycleStage === "active") return experiment;
  throw new DomainError(
    "failed_precondition",
    `The experiment ${experiment.experimentId} must be in the 'active' state. Current state is deleted.`,
    { field: "experiment_id" },
  );
}

export async function requireRun(store: TrackingStore, workspace: string, runId: string): Promise<RunInfo> {
  const info = await store.findRunInfo(workspace, runId);
  if (!info) throw runNotFound(runId);
  return info;
}

export async function requireActiveRun(
  store: TrackingStore,
  workspace: string,
  runId: string,
): Promise<RunInfo> {
  const info = await requireRun(store, workspace, runId);
  if (info.lifecycleStage !== "active") throw runDeleted(runId);
  return info;
}

export async function requireModel(
  store: TrackingStore,
  workspace: string,
  modelId: string,
): Promise<LoggedModel> {
  const model = await store.findLoggedModel(workspace, modelId);
  if (!model) throw modelNotFound(modelId);
  return model;
}
