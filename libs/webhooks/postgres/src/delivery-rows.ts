import type { Delivery } from "@runweir/webhooks-domain";

export const deliveryColumns = `d.delivery_id AS "deliveryId", d.webhook_id AS "webhookId", d.event,
  d.creation_time AS "creationTime", d.state, d.attempts, d.next_time AS "nextTime", d.last_status AS "lastStatus",
  d.last_error AS "lastError"`;

export interface DeliveryRow extends Omit<Delivery, "nextTime" | "lastStatus" | "lastError"> {
  readonly nextTime: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.deliveryId,
    webhookId: row.webhookId,
    event: row.event,
    creationTime: row.creationTime,
    state: row.state,
    attempts: row.attempts,
    nextTime: row.state === "waiting" ? row.nextTime : undefined,
    lastStatus: row.lastStatus ?? undefined,
    lastError: row.lastError ?? undefined,
  };
}
