import { refused } from "@runweir/ingest-formats";
import type { MessageFields } from "./message-fields.ts";
import { finalStatuses, type RunEvent } from "./run-event.ts";

/** Reads the rest of a message of this type. What params, tags and names may be is decided where they are written. */
export function readRunEvent(kind: RunEvent["kind"], runId: string, fields: MessageFields): RunEvent {
  switch (kind) {
    case "run_created":
      return {
        kind,
        runId,
        experiment: readExperiment(fields),
        runName: fields.optionalText("run_name"),
        userId: fields.optionalText("user_id"),
        startTime: fields.optionalTime("start_time"),
        tags: fields.optionalPairs("tags"),
      };
    case "run_finished":
      return {
        kind,
        runId,
        status: fields.choice("status", finalStatuses, "FINISHED"),
        endTime: fields.optionalTime("end_time"),
      };
    case "params":
      return { kind, runId, params: fields.pairs("params") };
    case "tags":
      return { kind, runId, tags: fields.pairs("tags") };
  }
}

function readExperiment(fields: MessageFields): { readonly id: string } | { readonly name: string } {
  const id = fields.optionalText("experiment_id");
  const name = fields.optionalText("experiment_name");
  if (id === undefined && name === undefined)
    throw refused("experiment_id", "must be given, or experiment_name instead of it", undefined);
  if (id === undefined) return { name: name as string };
  if (name === undefined) return { id };
  throw refused("experiment_name", "must not be given beside experiment_id", name);
}
