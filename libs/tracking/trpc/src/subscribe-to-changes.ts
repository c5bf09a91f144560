import type { Change, ChangeFeed, ChangeSight } from "@runweir/tracking-domain";
import { procedure, streamChanges } from "@runweir/trpc";
import { z } from "zod";
import { idInput } from "./inputs.ts";

/**
 * Server-sent events of what changed, of a run, an experiment or the workspace. Nothing is replayed after a reconnect: the page asks
 * again for what it shows, as it does after an empty list.
 *
 * Everybody is told only of what they may read when it happens. A stream that is silent ends with the session or token it was opened
 * with too: the server cuts it off.
 */
export function subscribeToChanges(changes: ChangeFeed, sight: ChangeSight) {
  const watch = streamChanges({ subscribe: changes.subscribe, keyOf });
  return procedure("experiment.read")
    .input(z.object({ experimentId: idInput.optional(), runId: idInput.optional() }))
    .subscription(async function* ({ ctx, input: { experimentId, runId }, signal }) {
      const filter = {
        workspace: ctx.caller.workspace,
        ...(experimentId === undefined ? {} : { experimentId }),
        ...(runId === undefined ? {} : { runId }),
      };
      await sight.requireWatching(ctx.caller, { experimentId, runId });
      const renew = ctx.renew ?? (async () => ctx.caller);
      for await (const merged of watch(filter, signal ?? new AbortController().signal)) {
        const caller = await renew();
        if (caller === undefined) return;
        const seen = await sight.visible(caller, merged);
        if (seen.length > 0 || merged.length === 0) yield seen;
      }
    });
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
