import { setTimeout as wait } from "node:timers/promises";
import type { ChangeFeed } from "@runweir/tracking-domain";
import { procedure } from "@runweir/trpc";
import { z } from "zod";
import { idInput } from "./inputs.ts";
import { mergeChanges } from "./merge-changes.ts";

const shortestPauseMs = 100;
const longestPauseMs = 2_000;

/**
 * Server-sent events of what changed, of a run, an experiment or the workspace; each kind of change to the same thing
 * at most ten times a second, and less often the more pages are open, so that all together are sent some thousand events
 * a second and writers do not wait for readers. Nothing is replayed after a reconnect: the page asks again for what it shows.
 */
export function subscribeToChanges(changes: ChangeFeed) {
  let open = 0;
  return procedure("experiment.read")
    .input(z.object({ experimentId: idInput.optional(), runId: idInput.optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      // Ends the feed's side too when the page's side ends without an abort.
      const own = new AbortController();
      const both = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
      open += 1;
      try {
        yield* mergeChanges({
          subscribe: (listener) =>
            changes.subscribe(
              {
                workspace: ctx.caller.workspace,
                ...(input.experimentId === undefined ? {} : { experimentId: input.experimentId }),
                ...(input.runId === undefined ? {} : { runId: input.runId }),
              },
              listener,
              both,
            ),
          pause: (until) =>
            wait(Math.min(longestPauseMs, Math.max(shortestPauseMs, open)), undefined, {
              signal: until,
            }).catch(() => {}),
          signal: both,
        });
      } finally {
        open -= 1;
        own.abort();
      }
    });
}
