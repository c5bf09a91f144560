/** `waiting`: for its first attempt, or for another. */
export const deliveryStates = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One event on its way to one webhook. */
export interface Delivery {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly event: string;
  readonly creationTime: number;
  readonly state: DeliveryState;
  /** How often it was tried since it was made, or asked for again. */
  readonly attempts: number;
  /** When it is tried next, while it is waiting. */
  readonly nextTime?: number | undefined;
  readonly lastStatus?: number | undefined;
  readonly lastError?: string | undefined;
}

export interface DeliveryAttempt {
  readonly time: number;
  readonly durationMs: number;
  readonly status?: number | undefined;
  /** What went wrong, in words. */
  readonly error?: string | undefined;
  /** The beginning of what the other end answered. */
  readonly response?: string | undefined;
}

export interface DeliveryDetails extends Delivery {
  readonly body: string;
  readonly attemptList: readonly DeliveryAttempt[];
}

/** What came of one request. */
export type SendResult =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly response: string;
      readonly retryAfterMs?: number | undefined;
    }
  /** `forbidden`: to where no webhook may go; it will not become right by waiting. */
  | { readonly outcome: "forbidden" | "unreachable"; readonly message: string };
