import { keepWorking } from "@runweir/background";
import {
  type ClaimedDelivery,
  composeRequest,
  type DeliveryQueue,
  judgeAttempt,
  type SendResult,
  type WebhookSecrets,
} from "@runweir/webhooks-domain";
import type { SendWebhook } from "./create-sender.ts";

const atOnce = 8;
/** Longer than any attempt takes; then another process tries what this one died over. */
const leaseMs = 60_000;
const restMs = 5_000;
const keptMs = 30 * 86_400_000;
const pruneEveryMs = 3_600_000;

export interface WebhookDelivery {
  /** There may be something to send. */
  wake(): void;
  /** Resolves when what is being sent has been answered, or given up. */
  stop(): Promise<void>;
}

/** Sends what is waiting, some at once. Any number of processes share the queue; each delivery is tried by one of them. */
export function startDelivery(options: {
  readonly queue: DeliveryQueue;
  readonly send: SendWebhook;
  secretsOf(workspace: string, webhookId: string): Promise<WebhookSecrets>;
  readonly clock: { now(): number };
  random(): number;
  onError(message: string, error: unknown): void;
}): WebhookDelivery {
  const { queue, clock, random, onError } = options;
  const sending = new Set<Promise<void>>();

  async function attempt(delivery: ClaimedDelivery): Promise<void> {
    const time = clock.now();
    const result = await send(delivery, time);
    const now = clock.now();
    await queue.settle(
      delivery,
      { time, durationMs: Math.max(0, now - time), ...outcomeOf(result) },
      judgeAttempt(result, { attempts: delivery.attempts, now, random }),
    );
  }

  /** A secret that cannot be read is this webhook's trouble, and no other's. */
  async function send(delivery: ClaimedDelivery, now: number): Promise<SendResult> {
    try {
      const secrets = await options.secretsOf(delivery.workspace, delivery.webhookId);
      return await options.send(composeRequest(delivery, delivery, secrets, now));
    } catch (error) {
      onError("A webhook's request could not be made.", error);
      return { outcome: "unreachable", message: error instanceof Error ? error.message : String(error) };
    }
  }

  function begin(delivery: ClaimedDelivery): void {
    const work = attempt(delivery)
      .catch((error: unknown) => onError("What came of a webhook could not be written down.", error))
      .finally(() => sending.delete(work));
    sending.add(work);
  }

  const delivering = keepWorking({
    async work(signal) {
      while (!signal.aborted) {
        if (sending.size >= atOnce) await Promise.race(sending);
        const limit = atOnce - sending.size;
        const claimed = await queue.claim(clock.now(), { limit, leaseMs });
        for (const delivery of claimed) begin(delivery);
        if (claimed.length < limit && sending.size === 0) break;
        if (claimed.length === 0) await Promise.race(sending);
      }
      await Promise.all(sending);
      const next = await queue.nextTime();
      return next === undefined ? undefined : Math.max(0, next - clock.now());
    },
    restMs,
    onError: (error) => onError("Webhooks cannot be delivered at the moment.", error),
  });
  const pruning = keepWorking({
    async work() {
      await queue.prune(clock.now() - keptMs);
      return undefined;
    },
    restMs: pruneEveryMs,
    onError: (error) => onError("Old deliveries of webhooks could not be pruned.", error),
  });
  return {
    wake: () => delivering.wake(),
    async stop() {
      await Promise.all([delivering.stop(), pruning.stop()]);
    },
  };
}

function outcomeOf(result: SendResult): { status?: number; error?: string; response?: string } {
  return result.outcome === "answered"
    ? { status: result.status, response: result.response }
    : { error: result.message };
}
