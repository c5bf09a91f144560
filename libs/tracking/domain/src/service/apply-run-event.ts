import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { RunEvent } from "@runweir/ingest-inbound";
import type { Tracking } from "../tracking.ts";

type Used = Pick<
  Tracking,
  "ensureRun" | "updateRun" | "logBatch" | "getExperimentByName" | "createExperiment"
>;

/**
 * Applies what a producer said of a run, by the rules of every other door; again, it changes nothing. `loggedAt` stands
 * for times that the producer left out: when the log took the message, in milliseconds since 1970.
 */
export async function applyRunEvent(
  tracking: Used,
  /** Asked for each step: who has just made an experiment may do more than before. */
  callerNow: () => Promise<Caller>,
  event: RunEvent,
  loggedAt: number,
): Promise<void> {
  const { runId } = event;
  const caller = await callerNow();
  switch (event.kind) {
    case "run_created": {
      const { experiment, runName, userId, startTime, tags } = event;
      const experimentId =
        "id" in experiment ? experiment.id : await ensureExperiment(tracking, caller, experiment.name);
      const made = { runId, experimentId, runName, userId, startTime, tags, defaultStartTime: loggedAt };
      await tracking.ensureRun(await callerNow(), made);
      return;
    }
    case "run_finished":
      await tracking.updateRun(caller, { runId, status: event.status, endTime: event.endTime ?? loggedAt });
      return;
    case "params":
      return tracking.logBatch(caller, { runId, params: event.params });
    case "tags":
      return tracking.logBatch(caller, { runId, tags: event.tags });
  }
}

async function ensureExperiment(tracking: Used, caller: Caller, name: string): Promise<string> {
  try {
    return (await tracking.getExperimentByName(caller, name)).experimentId;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found")
      return tracking.createExperiment(caller, { name });
    throw error;
  }
}
