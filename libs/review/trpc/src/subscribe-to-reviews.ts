import { DomainError } from "@runweir/errors";
import type { ReviewChange, ReviewFeed, ReviewSight } from "@runweir/review-domain";
import { procedure, streamChanges } from "@runweir/trpc";
import { z } from "zod";
import { requestId } from "./inputs.ts";

/** So often a stream that nothing happens on is asked whether it may go on. */
const askAgainMs = 5_000;

/**
 * Server-sent events of what happens to a request and to others about the same model, or to all requests: their numbers, null for
 * what concerns all of them. It begins with an empty list, from which on nothing is missed; before that, anything may have changed.
 *
 * It ends with the right to see the request, as it does with the session or token that it was opened with.
 */
export function subscribeToReviews(feed: ReviewFeed, sight: ReviewSight) {
  const watch = streamChanges({ subscribe: feed.subscribe, keyOf });
  return procedure("model.read")
    .input(z.object({ requestId: requestId.optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const renew = ctx.renew ?? (async () => ctx.caller);
      const filter = await sight.requireWatching(ctx.caller, input.requestId);
      const leave = new AbortController();
      let lost: DomainError | undefined;
      const askAgain = async () => {
        const caller = await renew();
        if (caller) await sight.requireWatching(caller, input.requestId);
        else leave.abort();
      };
      const timer = setInterval(
        () =>
          void askAgain().catch((error: unknown) => {
            // Whoever cannot be asked about now is asked about again.
            if (!(error instanceof DomainError) || error.code === "unavailable") return;
            lost = error;
            leave.abort();
          }),
        askAgainMs,
      );
      try {
        const changes = watch(filter, AbortSignal.any([leave.signal, ...(signal ? [signal] : [])]));
        // Listening has begun with this, before the page is told to ask for what it shows.
        let next = changes.next();
        yield [];
        for (let step = await next; !step.done; step = await next) {
          const caller = await renew();
          if (caller === undefined) return;
          await sight.requireWatching(caller, input.requestId);
          const seen = sight.visible(caller, step.value);
          if (seen.length > 0) yield seen.map((change) => change.requestId ?? null);
          next = changes.next();
        }
        if (lost) throw lost;
      } finally {
        clearInterval(timer);
        leave.abort();
      }
    });
}

function keyOf({ requestId: number }: ReviewChange): string {
  return String(number);
}
