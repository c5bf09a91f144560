import { type Database, followChannel } from "@runweir/postgres";
import { concerns, type ReviewChange, type ReviewFeed } from "@runweir/review-domain";

interface Subscriber {
  readonly filter: Parameters<ReviewFeed["subscribe"]>[0];
  readonly listener: Parameters<ReviewFeed["subscribe"]>[1];
}

/** Announced by triggers (their migration says of what). */
const channelName = "runweir_review";

/** Hears over one connection, held from the first listener on, of what any process writes about requests. */
export function createReviewFeed(options: {
  readonly database: Database;
  readonly onError?: ((error: unknown) => void) | undefined;
}): ReviewFeed & { close(): Promise<void> } {
  const subscribers = new Set<Subscriber>();
  let closed = false;
  const channel = followChannel({
    ...options,
    channel: channelName,
    isWanted: () => subscribers.size > 0,
    onPayload(payload) {
      const { workspace, requestId, model } = JSON.parse(payload) as { workspace: string } & ReviewChange;
      for (const { filter, listener } of subscribers)
        if (filter.workspace === workspace && concerns(filter, { requestId, model }))
          listener({ requestId, model });
    },
    onGap() {
      for (const { listener } of subscribers) listener({ requestId: undefined, model: undefined });
    },
  });
  return {
    subscribe(filter, listener, signal) {
      if (closed || signal.aborted) return;
      const subscriber = { filter, listener };
      subscribers.add(subscriber);
      signal.addEventListener("abort", () => subscribers.delete(subscriber), { once: true });
      channel.open();
    },
    async close() {
      closed = true;
      subscribers.clear();
      await channel.close();
    },
  };
}
