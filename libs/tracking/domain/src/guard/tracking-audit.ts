import type { AuditEvent, AuditRules, Caller } from "@runweir/identity-domain";
import { runNameTag } from "../run.ts";
import type { Tracking } from "../tracking.ts";

type Stage = "active" | "deleted";

/** What is entered into the audit log: what is deleted, restored or given another name. */
export const trackingAudit: AuditRules<Tracking> = {
  deleteExperiment: (tracking, caller, id) => moveExperiment(tracking, caller, id, "deleted"),
  restoreExperiment: (tracking, caller, id) => moveExperiment(tracking, caller, id, "active"),
  async renameExperiment(tracking, caller, id, newName) {
    const { experimentId, name } = await tracking.getExperiment(caller, id);
    if (name === newName) return undefined;
    return {
      action: "experiment.rename",
      object: { id: experimentId, name },
      before: { name },
      after: { name: newName },
    };
  },
  deleteRun: (tracking, caller, id) => moveRun(tracking, caller, id, "deleted"),
  restoreRun: (tracking, caller, id) => moveRun(tracking, caller, id, "active"),
  updateRun: async (tracking, caller, { runId, runName }) =>
    runName ? renameRun(tracking, caller, runId, runName) : undefined,
  setTag: async (tracking, caller, runId, { key, value }) =>
    key === runNameTag ? renameRun(tracking, caller, runId, value) : undefined,
  async logBatch(tracking, caller, { runId, tags }) {
    const name = tags?.findLast(({ key }) => key === runNameTag)?.value;
    return name === undefined ? undefined : renameRun(tracking, caller, runId, name);
  },
  async deleteLoggedModel(tracking, caller, modelId) {
    const { name, experimentId } = await tracking.getLoggedModel(caller, modelId);
    return { action: "logged-model.delete", object: { id: modelId, name }, before: { experimentId } };
  },
};

async function renameRun(
  tracking: Tracking,
  caller: Caller,
  runId: string,
  newName: string,
): Promise<AuditEvent | undefined> {
  const { runName: name } = await tracking.getRunInfo(caller, runId);
  if (name === newName) return undefined;
  return { action: "run.rename", object: { id: runId, name }, before: { name }, after: { name: newName } };
}

async function moveExperiment(
  tracking: Tracking,
  caller: Caller,
  id: string,
  stage: Stage,
): Promise<AuditEvent | undefined> {
  const { experimentId, name, lifecycleStage } = await tracking.getExperiment(caller, id);
  if (lifecycleStage === stage) return undefined;
  const action = stage === "deleted" ? "experiment.delete" : "experiment.restore";
  return {
    action,
    object: { id: experimentId, name },
    before: { lifecycleStage },
    after: { lifecycleStage: stage },
  };
}

async function moveRun(
  tracking: Tracking,
  caller: Caller,
  runId: string,
  stage: Stage,
): Promise<AuditEvent | undefined> {
  const { runName, experimentId, lifecycleStage } = await tracking.getRunInfo(caller, runId);
  if (lifecycleStage === stage) return undefined;
  const action = stage === "deleted" ? "run.delete" : "run.restore";
  return {
    action,
    object: { id: runId, name: runName },
    before: { lifecycleStage, experimentId },
    after: { lifecycleStage: stage },
  };
}
