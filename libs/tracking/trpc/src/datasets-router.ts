import type { Tracking } from "@runweir/tracking-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { experimentIdsInput } from "./inputs.ts";

export function createDatasetsRouter(tracking: Tracking) {
  return router({
    search: procedure("experiment.read")
      .input(z.object({ experimentIds: experimentIdsInput }))
      .query(({ ctx, input }) => tracking.searchDatasets(ctx.caller, input.experimentIds)),
  });
}
