import { setTimeout as wait } from "node:timers/promises";
import type { ChangeFeed } from "@runweir/tracking-domain";
import { procedure } from "@runweir/trpc";
import { z } from "zod";
import { idInput } from "./inputs.ts";
import { mergeChanges } from "./merge-changes.ts";
import { shareChanges } from "./share-changes.ts";

const shortestPauseMs = 100;
const longestPauseMs = 2_000;

/**
 * Server-sent events of what changed, of a run, an experiment or the workspace: at most ten times a second, and less often the more
 * pages are open, so that all together are sent a thousand events a second and writers do not wait for readers. Nothing is
 * replayed after a reconnect: the page asks again for what it shows, as it does after an empty list.
 */
export function subscribeToChanges(changes: ChangeFeed) {
  let open = 0;
  const pause = (signal: AbortSignal) =>
    wait(Math.min(longestPauseMs, Math.max(shortestPauseMs, open)), undefined, { signal }).catch(() => {});
  const watch = shareChanges((filter: Parameters<ChangeFeed["subscribe"]>[0], signal) =>
    mergeChanges({ subscribe: (listener) => changes.subscribe(filter, listener, signal), pause, signal }),
  );
  return procedure("experiment.read")
    .input(z.object({ experimentId: idInput.optional(), runId: idInput.optional() }))
    .subscription(async function* ({ ctx, input: { experimentId, runId }, signal }) {
      const filter = {
        workspace: ctx.caller.workspace,
        ...(experimentId === undefined ? {} : { experimentId }),
        ...(runId === undefined ? {} : { runId }),
      };
      open += 1;
      try {
        yield* watch(filter, signal ?? new AbortController().signal);
      } finally {
        open -= 1;
      }
    });
}
