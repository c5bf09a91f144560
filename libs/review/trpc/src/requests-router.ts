import type { RequestDiff, Reviews } from "@runweir/review-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { filter, model, oneRequest, target, version } from "./inputs.ts";

export function createRequestsRouter(reviews: Reviews) {
  return router({
    open: procedure("model.review")
      .input(
        z.object({
          model,
          moves: z
            .array(z.object({ target, version: version.optional() }))
            .min(1)
            .max(1_000),
          title: z.string().optional(),
          body: z.string().optional(),
          isDraft: z.boolean().optional(),
          reviewers: z.array(z.string().max(200)).max(50).optional(),
        }),
      )
      .mutation(({ ctx, input }) =>
        reviews.open(ctx.caller, {
          ...input,
          moves: input.moves.map((move) => ({ target: move.target, version: move.version })),
        }),
      ),
    get: procedure("model.read")
      .input(oneRequest)
      .query(({ ctx, input }) => reviews.get(ctx.caller, input.requestId)),
    /** The newest first; `before` is the number that the page before ended with. */
    list: procedure("model.read")
      .input(
        filter.extend({
          limit: z.int().min(1).max(200).default(50),
          before: z.int().positive().optional(),
        }),
      )
      .query(({ ctx, input }) => reviews.list(ctx.caller, input)),
    count: procedure("model.read")
      .input(filter)
      .query(({ ctx, input }) => reviews.count(ctx.caller, input)),
    edit: procedure("model.review")
      .input(
        oneRequest.extend({
          title: z.string().optional(),
          body: z.string().optional(),
          reviewers: z.array(z.string().max(200)).max(50).optional(),
        }),
      )
      .mutation(({ ctx, input }) => reviews.edit(ctx.caller, input)),
    push: procedure("model.review")
      .input(oneRequest.extend({ version }))
      .mutation(({ ctx, input }) => reviews.push(ctx.caller, input.requestId, input.version)),
    publish: procedure("model.review")
      .input(oneRequest)
      .mutation(({ ctx, input }) => reviews.publish(ctx.caller, input.requestId)),
    withdraw: procedure("model.review")
      .input(oneRequest)
      .mutation(({ ctx, input }) => reviews.withdraw(ctx.caller, input.requestId)),
    close: procedure("model.review")
      .input(oneRequest.extend({ reason: z.string().optional() }))
      .mutation(({ ctx, input }) => reviews.close(ctx.caller, input.requestId, input.reason)),
    reopen: procedure("model.review")
      .input(oneRequest)
      .mutation(({ ctx, input }) => reviews.reopen(ctx.caller, input.requestId)),
    /** What happened to requests about a model, the newest first; `before` goes on. */
    activity: procedure("model.read")
      .input(
        z.object({
          model,
          version: version.optional(),
          limit: z.int().min(1).max(200).default(50),
          before: z.int().positive().optional(),
        }),
      )
      .query(({ ctx, input: { model: name, ...page } }) => reviews.listActivity(ctx.caller, name, page)),
    /** One entry per move. */
    diff: procedure("model.read")
      .input(oneRequest)
      .query(async ({ ctx, input }) => (await reviews.diff(ctx.caller, input.requestId)).map(toWire)),
    /** Any two versions, without a request. */
    compare: procedure("model.read")
      .input(z.object({ model, base: version, candidate: version }))
      .query(async ({ ctx, input }) =>
        toWire(await reviews.compare(ctx.caller, input.model, input.base, input.candidate)),
      ),
    /** `apply` is a word that routers keep for themselves. */
    merge: procedure("model.review")
      .input(
        oneRequest.extend({
          headDigest: z.string().max(100),
          overrideReason: z.string().optional(),
          archivePrevious: z.boolean().optional(),
        }),
      )
      .mutation(({ ctx, input }) => reviews.apply(ctx.caller, input)),
    revert: procedure("model.review")
      .input(oneRequest)
      .mutation(({ ctx, input }) => reviews.revert(ctx.caller, input.requestId)),
  });
}

/** JSON has no NaN and no infinities: they are null, and the texts beside them say what they are. */
function toWire({ base, candidate, ...rest }: RequestDiff) {
  // Values of single runs are not shown beside their mean.
  const about = (facts: RequestDiff["base"]) => {
    if (!facts) return undefined;
    const { metrics: _, ...others } = facts;
    return others;
  };
  return { ...rest, base: about(base), candidate: about(candidate) };
}
