import { decide } from "@runweir/identity-domain";
import type { BulkMoves } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { aliasInput, pageInput } from "./inputs.ts";

const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("alias"), alias: aliasInput }),
  z.object({ kind: z.literal("stage"), stage: z.string().max(1_000) }),
]);
const text = z.string().max(1_000).optional();
const request = z.object({
  models: z.object({
    filter: z.string().max(20_000).optional(),
    text,
    owner: text,
    alias: text,
    stage: text,
  }),
  version: z.union([z.object({ kind: z.enum(["latest", "none"]) }), target]),
  target,
  reason: z.string().max(20_000).optional(),
});
const one = z.object({ jobId: z.string().max(20) });

export function createBulkRouter(bulk: BulkMoves) {
  return router({
    /** What pages need not offer otherwise, and why; planning asks again. */
    mayPlan: procedure("account").query(({ ctx: { caller } }) => {
      const { allowed, reason } = decide(caller, "model.edit");
      return { allowed, reason };
    }),
    plan: procedure("model.edit")
      .input(request)
      .mutation(({ ctx, input }) => bulk.plan(ctx.caller, input)),
    get: procedure("model.read")
      .input(one)
      .query(({ ctx, input }) => bulk.getJob(ctx.caller, input.jobId)),
    list: procedure("model.read")
      .input(z.object(pageInput))
      .query(({ ctx, input }) => bulk.listJobs(ctx.caller, input)),
    items: procedure("model.read")
      .input(one.extend(pageInput))
      .query(({ ctx, input }) => bulk.listItems(ctx.caller, input.jobId, input)),
    // `apply` is a word that routers keep for themselves.
    begin: procedure("model.edit")
      .input(one.extend({ digest: z.string().max(200) }))
      .mutation(({ ctx, input }) => bulk.apply(ctx.caller, input.jobId, input.digest)),
    pause: procedure("model.edit")
      .input(one)
      .mutation(({ ctx, input }) => bulk.pause(ctx.caller, input.jobId)),
    resume: procedure("model.edit")
      .input(one)
      .mutation(({ ctx, input }) => bulk.resume(ctx.caller, input.jobId)),
    undo: procedure("model.edit")
      .input(one)
      .mutation(({ ctx, input }) => bulk.undo(ctx.caller, input.jobId)),
  });
}
