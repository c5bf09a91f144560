import type { ReviewChange, ReviewFeed, ReviewSight } from "@runweir/review-domain";
import { procedure, watchChanges } from "@runweir/trpc";
import { z } from "zod";
import { requestId } from "./inputs.ts";

/**
 * Server-sent events of what happens to a request and to others about the same model, or to all requests: their numbers, null for
 * what concerns all of them; nothing at all for anything.
 */
export function subscribeToReviews(feed: ReviewFeed, sight: ReviewSight) {
  const watch = watchChanges({ subscribe: feed.subscribe, keyOf, sight });
  return procedure("model.read")
    .input(z.object({ requestId: requestId.optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      for await (const changes of watch(ctx, input.requestId, signal))
        yield changes.map((change) => change.requestId ?? null);
    });
}

function keyOf({ requestId: number }: ReviewChange): string {
  return String(number);
}
