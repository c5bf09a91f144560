import { setTimeout as wait } from "node:timers/promises";
import type { ChangeFeed, ChangeSight } from "@runweir/tracking-domain";
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
 *
 * Everybody is told only of what they may read when it happens. A stream that is silent ends with the session or token it was opened
 * with too: the server cuts it off.
 */
export function subscribeToChanges(changes: ChangeFeed, sight: ChangeSight) {
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
      await sight.requireWatching(ctx.caller, { experimentId, runId });
      const renew = ctx.renew ?? (async () => ctx.caller);
      const until = signal ?? new AbortController().signal;
      open += 1;
      try {
        for await (const merged of watch(filter, until)) {
          const caller = await renew();
          if (caller === undefined) return;
          const seen = await sight.visible(caller, merged);
          if (seen.length > 0 || merged.length === 0) yield seen;
        }
      } finally {
        open -= 1;
      }
    });
}
