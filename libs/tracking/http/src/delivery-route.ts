import "@runweir/http";
import type { Tracking } from "@runweir/tracking-domain";
import type { FastifyPluginAsync } from "fastify";
import { deliveryAnswer } from "./delivery-answer.ts";
import { readLastSequences } from "./read-last-sequences.ts";

/**
 * `GET /ingest/v1/runs/{run_id}/delivery`: what became of the points sent for a run, for the clients that sent them.
 * `?last_sequence=<client>:<number>`, once per client, makes batches that are missing at the end count as gaps.
 */
export function deliveryRoute({
  tracking,
}: {
  readonly tracking: Pick<Tracking, "getDelivery">;
}): FastifyPluginAsync {
  return async (door) => {
    door.get<{ Params: { readonly run_id: string }; Querystring: Readonly<Record<string, unknown>> }>(
      "/ingest/v1/runs/:run_id/delivery",
      { config: { permission: "experiment.read" } },
      async ({ caller, params, query }) => {
        const lastSequences = readLastSequences(query);
        return deliveryAnswer(await tracking.getDelivery(caller, params.run_id, { lastSequences }));
      },
    );
  };
}
