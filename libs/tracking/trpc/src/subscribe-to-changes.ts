import type { Change, ChangeFeed, ChangeSight } from "@runweir/tracking-domain";
import { procedure, watchChanges } from "@runweir/trpc";
import { z } from "zod";
import { idInput } from "./inputs.ts";

/** Server-sent events of what changed, of a run, an experiment or the workspace; nothing at all for anything. */
export function subscribeToChanges(feed: ChangeFeed, sight: ChangeSight) {
  const watch = watchChanges({ subscribe: feed.subscribe, keyOf, sight });
  return procedure("experiment.read")
    .input(z.object({ experimentId: idInput.optional(), runId: idInput.optional() }))
    .subscription(({ ctx, input, signal }) => watch(ctx, input, signal));
}

function keyOf(change: Change): string {
  switch (change.kind) {
    case "experiment":
      return `experiment ${change.experimentId}`;
    case "model":
      return `model ${change.modelId}`;
    case "run":
    case "metrics":
      return `${change.kind} ${change.runId}`;
  }
}
