import { assessDelivery, deservesCertificate, type LastSequence } from "../delivery/assess-delivery.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Tracking } from "../tracking.ts";
import { invalidValue, requireText } from "../validation/check-text.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { requireRun } from "./find-or-refuse.ts";

/** Points may go on coming while a certificate is made; after so many attempts the next question gets it. */
const attempts = 3;
/** As the ingest slice bounds them. */
const clientLength = 128;
const sequenceMax = 10 ** 15 - 1;

/** What became of what was sent. */
export function deliveryService({
  store,
  metricReader,
  clock,
}: TrackingDependencies): Pick<Tracking, "getDelivery"> {
  return {
    async getDelivery({ workspace }, runId, { lastSequences = [] } = {}): Promise<Delivery> {
      lastSequences.forEach(checkLastSequence);
      const info = await requireRun(store, workspace, runId);
      for (let attempt = 1; ; attempt += 1) {
        const delivery = assessDelivery(info, await metricReader.delivery(runId), lastSequences);
        if (!deservesCertificate(delivery) || attempt > attempts) return delivery;
        const { points, digest } = await metricReader.digest(runId);
        if (points !== delivery.storedPoints) continue;
        // What is answered is read again: another process may have issued it first.
        await store.keepCertificate(workspace, runId, {
          batches: delivery.applied.batches,
          points,
          digest,
          issuedAt: clock.now(),
        });
      }
    },
  };
}

function checkLastSequence({ client, sequence }: LastSequence): void {
  if (client === "")
    throw invalidValue("last_sequence", `:${sequence}`, "It must be a client's name, a colon and a number.");
  requireText("last_sequence", client, clientLength);
  if (!(Number.isSafeInteger(sequence) && sequence >= 0 && sequence <= sequenceMax))
    throw invalidValue("last_sequence", sequence, `It must be a whole number from 0 to ${sequenceMax}.`);
}
