import { type Database, translateFailures } from "@runweir/postgres";
import {
  type ClaimedDelivery,
  type DeliveryQueue,
  failuresMax,
  type Verdict,
} from "@runweir/webhooks-domain";

type ClaimedRow = ClaimedDelivery & Record<string, unknown>;

const pruned = 2_000;

/** The deliveries of all webhooks as a queue for any number of processes. */
export function createDeliveryQueue(options: { readonly database: Database }): DeliveryQueue {
  const database = translateFailures(options.database);
  return {
    claim: (now, { limit, leaseMs }) =>
      database.query<ClaimedRow>(
        `WITH due AS (
           SELECT d.delivery_id FROM webhooks.delivery d JOIN webhooks.webhook w USING (webhook_id)
           WHERE d.state = 'waiting' AND d.next_time <= $1 AND w.status IN ('active', 'test')
           ORDER BY d.next_time LIMIT $2 FOR UPDATE OF d SKIP LOCKED
         )
         UPDATE webhooks.delivery d SET next_time = $1 + $3::bigint, attempts = d.attempts + 1
         FROM due, webhooks.webhook w WHERE d.delivery_id = due.delivery_id AND w.webhook_id = d.webhook_id
         RETURNING d.delivery_id AS "deliveryId", d.body, d.attempts, w.webhook_id AS "webhookId", w.workspace, w.url,
           w.format, w.verifies_tls AS "verifiesTls"`,
        [now, limit, leaseMs],
      ),

    async nextTime() {
      const [row] = await database.query<{ next: number | null }>(
        `SELECT min(d.next_time) AS next FROM webhooks.delivery d JOIN webhooks.webhook w USING (webhook_id)
         WHERE d.state = 'waiting' AND w.status IN ('active', 'test')`,
      );
      return row?.next ?? undefined;
    },

    settle: ({ deliveryId, webhookId, attempts }, attempt, verdict) =>
      database.transaction(async (transaction) => {
        // Asked for again meanwhile, it is at its first attempt and not ours any more.
        await transaction.query(
          `UPDATE webhooks.delivery SET state = $3, next_time = coalesce($4, next_time), last_status = $5, last_error = $6
           WHERE delivery_id = $1 AND attempts = $2 AND state = 'waiting'`,
          [
            deliveryId,
            attempts,
            verdict.state,
            nextTimeOf(verdict),
            attempt.status ?? null,
            attempt.error ?? null,
          ],
        );
        await transaction.query(
          `INSERT INTO webhooks.attempt (delivery_id, time, duration_ms, status, error, response)
           SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (SELECT FROM webhooks.delivery WHERE delivery_id = $1)`,
          [
            deliveryId,
            attempt.time,
            attempt.durationMs,
            attempt.status ?? null,
            attempt.error ?? null,
            attempt.response ?? null,
          ],
        );
        await transaction.query(
          verdict.state === "delivered"
            ? "UPDATE webhooks.webhook SET failures = 0 WHERE webhook_id = $1 AND failures > 0"
            : `UPDATE webhooks.webhook SET failures = failures + 1,
                 status = CASE WHEN failures + 1 >= ${failuresMax} AND status = 'active' THEN 'paused' ELSE status END
               WHERE webhook_id = $1`,
          [webhookId],
        );
      }),

    async prune(before) {
      for (;;) {
        const rows = await database.query(
          `DELETE FROM webhooks.delivery WHERE delivery_id IN (
             SELECT delivery_id FROM webhooks.delivery WHERE creation_time < $1 LIMIT ${pruned})
           RETURNING 1`,
          [before],
        );
        if (rows.length < pruned) return;
      }
    },
  };
}

function nextTimeOf(verdict: Verdict): number | null {
  return verdict.state === "waiting" ? verdict.nextTime : null;
}
