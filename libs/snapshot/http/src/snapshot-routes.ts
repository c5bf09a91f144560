import "@runweir/http";
import type { Snapshots } from "@runweir/snapshot-domain";
import type { FastifyPluginAsync } from "fastify";
import { readNumber } from "./read-number.ts";
import { contentAnswer, listAnswer, madeAnswer } from "./snapshot-answers.ts";

/** The routes under `/api/snapshots`; README.md says what they are. */
export function snapshotRoutes({ snapshots }: { readonly snapshots: Snapshots }): FastifyPluginAsync {
  return async (door) => {
    door.get("/api/snapshots", { config: { permission: "experiment.read" } }, async ({ caller }) =>
      listAnswer(await snapshots.list(caller)),
    );
    door.post("/api/snapshots", { config: { permission: "server.manage" } }, async ({ caller }) =>
      madeAnswer(await snapshots.make(caller)),
    );
    door.get<{ Params: { readonly number: string } }>(
      "/api/snapshots/:number",
      { config: { permission: "experiment.read" } },
      async ({ caller, params }) =>
        contentAnswer(await snapshots.describe(caller, readNumber(params.number))),
    );
  };
}
