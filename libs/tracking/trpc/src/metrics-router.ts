import type { Tracking } from "@runweir/tracking-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { idInput, keyInput } from "./inputs.ts";
import { toWireChartSeries, toWireStatistics } from "./wire-metrics.ts";

const runIdsInput = z.array(idInput).min(1).max(200);

const chartInput = z
  .object({
    runIds: runIdsInput,
    keys: z.array(keyInput).min(1).max(100),
    axis: z.enum(["step", "wall", "relative"]),
    buckets: z.int().min(1).max(2_000),
    from: z.number().optional(),
    to: z.number().optional(),
  })
  .refine(({ runIds, keys, buckets }) => runIds.length * keys.length * buckets <= 1_000_000, {
    message: "runs × keys × buckets may be at most 1,000,000 in one request",
  });

export function createMetricsRouter(tracking: Tracking) {
  return router({
    /** Per run its series, in no particular order; a run without metrics has an empty list. */
    statistics: procedure("experiment.read")
      .input(z.object({ runIds: runIdsInput }))
      .query(async ({ ctx, input }) => {
        const byRun = await tracking.getMetricStatistics(ctx.caller, input.runIds);
        return input.runIds.map((runId) => ({
          runId,
          series: (byRun.get(runId) ?? []).map(toWireStatistics),
        }));
      }),
    chart: procedure("experiment.read")
      .input(chartInput)
      .query(async ({ ctx, input }) => (await tracking.getChart(ctx.caller, input)).map(toWireChartSeries)),
  });
}
