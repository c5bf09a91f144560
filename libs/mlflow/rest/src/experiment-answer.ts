import type { Experiment, Tag } from "@runweir/tracking-domain";

/** MLflow's `Experiment` message. */
export function experimentAnswer(experiment: Experiment): object {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    tags: filled(experiment.tags.map(keyValue)),
  };
}

/** The protocol leaves an empty list out; `JSON.stringify` leaves out what is undefined. */
export function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Only these two fields, whatever else a row may carry. */
export function keyValue({ key, value }: Tag): Tag {
  return { key, value };
}
