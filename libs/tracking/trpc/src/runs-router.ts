import { hasEnded, parseFilter, runGrammar, runStatuses, type Tracking } from "@runweir/tracking-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { changeEachRun } from "./each-run.ts";
import {
  experimentIdsInput,
  filterInput,
  idInput,
  keyInput,
  nameInput,
  pageInput,
  tagInput,
  viewTypeInput,
} from "./inputs.ts";
import { orderByInput, whereInput } from "./query-input.ts";
import { toWireRun } from "./wire-run.ts";

const one = z.object({ runId: idInput });
const many = z.object({ runIds: z.array(idInput).min(1).max(10_000) });
const keysInput = z.array(keyInput).max(1_000);

const searchInput = z.object({
  experimentIds: experimentIdsInput,
  filter: filterInput,
  where: whereInput.optional(),
  orderBy: orderByInput.optional(),
  viewType: viewTypeInput,
  /** Without it every key of every run is sent. */
  shown: z.object({ metrics: keysInput, params: keysInput, tags: keysInput }).optional(),
  ...pageInput,
});

export function createRunsRouter(tracking: Tracking, clock: { now(): number }) {
  return router({
    search: procedure("experiment.read")
      .input(searchInput)
      .query(async ({ ctx, input: { shown, ...input } }) => {
        const page = await tracking.searchRuns(ctx.caller, input);
        return { ...page, items: page.items.map((run) => toWireRun(run, shown)) };
      }),
    get: procedure("experiment.read")
      .input(one.extend({ metrics: z.boolean().default(true) }))
      .query(async ({ ctx, input: { runId, metrics } }) =>
        toWireRun(await tracking.getRun(ctx.caller, runId, { metrics })),
      ),
    delivery: procedure("experiment.read")
      .input(one)
      .query(({ ctx, input }) => tracking.getDelivery(ctx.caller, input.runId)),
    count: procedure("experiment.read")
      .input(
        z.object({
          experimentIds: experimentIdsInput,
          filter: filterInput,
          where: whereInput.optional(),
          viewType: viewTypeInput,
        }),
      )
      .query(({ ctx, input: { filter, ...input } }) =>
        tracking.countRuns(ctx.caller, { ...input, where: input.where ?? parseFilter(filter, runGrammar) }),
      ),
    keys: procedure("experiment.read")
      .input(z.object({ experimentIds: experimentIdsInput }))
      .query(({ ctx, input }) => tracking.listKeys(ctx.caller, input.experimentIds)),
    update: procedure("experiment.log")
      .input(one.extend({ runName: nameInput.optional(), status: z.enum(runStatuses).optional() }))
      .mutation(({ ctx, input }) =>
        // A run that somebody declares over has ended now.
        tracking.updateRun(ctx.caller, {
          ...input,
          endTime: input.status !== undefined && hasEnded(input.status) ? clock.now() : undefined,
        }),
      ),
    delete: procedure("experiment.manage")
      .input(many)
      .mutation(({ ctx, input }) =>
        changeEachRun(input.runIds, (runId) => tracking.deleteRun(ctx.caller, runId)),
      ),
    restore: procedure("experiment.manage")
      .input(many)
      .mutation(({ ctx, input }) =>
        changeEachRun(input.runIds, (runId) => tracking.restoreRun(ctx.caller, runId)),
      ),
    setTag: procedure("experiment.log")
      .input(one.extend({ tag: tagInput }))
      .mutation(({ ctx, input }) => tracking.setTag(ctx.caller, input.runId, input.tag)),
    deleteTag: procedure("experiment.edit")
      .input(one.extend({ key: keyInput }))
      .mutation(({ ctx, input }) => tracking.deleteTag(ctx.caller, input.runId, input.key)),
  });
}
