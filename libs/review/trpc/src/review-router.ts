import { type ReviewFeed, type ReviewSight, type Reviews, verdictKinds } from "@runweir/review-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { model, oneRequest, requestId, target } from "./inputs.ts";
import { createRequestsRouter } from "./requests-router.ts";
import { subscribeToReviews } from "./subscribe-to-reviews.ts";

/** What the pages ask of reviews, mounted at `/trpc/review`. */
export function createReviewRouter({
  reviews,
  feed,
  sight,
}: {
  readonly reviews: Reviews;
  readonly feed: ReviewFeed;
  readonly sight: ReviewSight;
}) {
  const reads = procedure("model.read");
  const talks = procedure("model.review");
  const manages = procedure("workspace.manage");
  /** The service asks for the rest, so that who tries without it is entered into the audit log. */
  const wouldManage = procedure("workspace.read");
  const comment = z.object({ commentId: z.int().positive() });
  return router({
    changes: subscribeToReviews(feed, sight),
    requests: createRequestsRouter(reviews),
    verdicts: router({
      /** Of the head that was looked at. */
      give: talks
        .input(
          oneRequest.extend({
            kind: z.enum(verdictKinds),
            headDigest: z.string().max(100),
            body: z.string().optional(),
          }),
        )
        .mutation(({ ctx, input }) => reviews.review(ctx.caller, input)),
      reject: talks
        .input(oneRequest.extend({ reason: z.string() }))
        .mutation(({ ctx, input }) => reviews.reject(ctx.caller, input.requestId, input.reason)),
    }),
    comments: router({
      add: talks
        .input(
          oneRequest.extend({
            body: z.string(),
            threadId: z.int().positive().optional(),
            anchor: z.string().optional(),
            idempotencyKey: z.string().min(1).max(64).optional(),
          }),
        )
        .mutation(({ ctx, input }) => reviews.comment(ctx.caller, input)),
      edit: talks
        .input(comment.extend({ body: z.string() }))
        .mutation(({ ctx, input }) => reviews.editComment(ctx.caller, input.commentId, input.body)),
      delete: talks
        .input(comment)
        .mutation(({ ctx, input }) => reviews.deleteComment(ctx.caller, input.commentId)),
      resolve: talks
        .input(oneRequest.extend({ threadId: z.int().positive(), isResolved: z.boolean() }))
        .mutation(({ ctx, input }) =>
          reviews.resolveThread(ctx.caller, input.requestId, input.threadId, input.isResolved),
        ),
    }),
    checks: router({
      run: talks
        .input(oneRequest)
        .mutation(({ ctx, input }) => reviews.runChecks(ctx.caller, input.requestId)),
    }),
    checkTokens: router({
      /** The token is told this once. */
      create: wouldManage
        .input(z.object({ checkName: z.string(), model: z.string().optional() }))
        .mutation(({ ctx, input }) => reviews.createCheckToken(ctx.caller, input)),
      list: manages.query(({ ctx }) => reviews.listCheckTokens(ctx.caller)),
      revoke: wouldManage
        .input(z.object({ tokenId: z.string().max(64) }))
        .mutation(({ ctx, input }) => reviews.revokeCheckToken(ctx.caller, input.tokenId)),
    }),
    policies: router({
      get: procedure("workspace.read").query(({ ctx }) => reviews.getPolicies(ctx.caller)),
      list: procedure("workspace.read").query(({ ctx }) => reviews.listPolicies(ctx.caller)),
      /** Which one a target falls under. */
      for: reads
        .input(z.object({ model, target }))
        .query(({ ctx, input }) => reviews.policyFor(ctx.caller, input.model, input.target)),
      propose: wouldManage
        .input(
          z.object({
            document: z.string(),
            baseRevision: z.int().min(0),
            title: z.string().max(300).optional(),
          }),
        )
        .mutation(({ ctx, input }) => reviews.proposePolicies(ctx.caller, input)),
      simulate: manages
        .input(z.object({ document: z.string(), limit: z.int().min(1).max(50).optional() }))
        .mutation(({ ctx, input }) => reviews.simulatePolicies(ctx.caller, input.document, input.limit)),
    }),
    inbox: router({
      get: procedure("workspace.read").query(({ ctx }) => reviews.inbox(ctx.caller)),
      counts: procedure("workspace.read").query(async ({ ctx }) => (await reviews.inbox(ctx.caller)).inbox),
      markRead: procedure("workspace.read")
        .input(z.object({ requestId: requestId.optional() }))
        .mutation(({ ctx, input }) => reviews.markRead(ctx.caller, input.requestId)),
    }),
  });
}

export type ReviewApi = ReturnType<typeof createReviewRouter>;
