import type { WebhookFormat } from "../webhook.ts";
import type { DeliveryAttempt } from "./delivery.ts";
import type { Verdict } from "./next-attempt.ts";

export interface ClaimedDelivery {
  readonly deliveryId: string;
  readonly body: string;
  /** Including the one that begins now. */
  readonly attempts: number;
  readonly webhookId: string;
  readonly workspace: string;
  readonly url: string;
  readonly format: WebhookFormat;
  readonly verifiesTls: boolean;
}

/** What is waiting to be sent, for any number of processes. */
export interface DeliveryQueue {
  /** Those that are due, for this process alone as long as the lease lasts; the attempt counts as begun. */
  claim(
    now: number,
    asked: { readonly limit: number; readonly leaseMs: number },
  ): Promise<readonly ClaimedDelivery[]>;
  /** When something is due next. */
  nextTime(): Promise<number | undefined>;
  settle(delivery: ClaimedDelivery, attempt: DeliveryAttempt, verdict: Verdict): Promise<void>;
  /** Forgets deliveries made before then. */
  prune(before: number): Promise<void>;
}
