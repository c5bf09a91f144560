import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import { findMentions } from "../inbox/find-mentions.ts";
import { isSamePerson } from "../request/review-request.ts";
import { requireText, textLimits } from "./check-text.ts";
import type { ReviewDependencies } from "./dependencies.ts";
import { mayTouch } from "./eligibility.ts";
import { personOf, requireRequest } from "./find-request.ts";
import { record } from "./record.ts";
import type { Reviews } from "./reviews.ts";

type Methods = Pick<Reviews, "comment" | "editComment" | "deleteComment" | "resolveThread">;

export function threadService({ store, transactions, people, clock }: ReviewDependencies): Methods {
  async function requireOwn(caller: Caller, commentId: number, what: "edit" | "delete") {
    const comment = await store.findComment(caller.workspace, commentId);
    if (comment === undefined || comment.isDeleted)
      throw new DomainError("not_found", `There is no comment ${commentId}.`, { field: "commentId" });
    const request = await requireRequest(store, caller.workspace, comment.requestId);
    if (mayTouch(caller, request, comment)[what]) return comment;
    throw new DomainError(
      "permission_denied",
      `Permission denied: comment ${commentId} is ${comment.author.name}'s.`,
      { reason: "not_author" },
    );
  }

  return {
    async comment(caller, { requestId, body, threadId, anchor, idempotencyKey }) {
      requireText("body", body, { min: 1, max: textLimits.body });
      if (anchor !== undefined) requireText("anchor", anchor, { min: 1, max: textLimits.url });
      const request = await requireRequest(store, caller.workspace, requestId);
      const threads = threadId === undefined ? [] : await store.listThreads(requestId);
      const thread = threads.find((one) => one.threadId === threadId);
      if (threadId !== undefined && !thread)
        throw new DomainError("not_found", `Request ${requestId} has no thread ${threadId}.`, {
          field: "threadId",
        });
      const mentioned = await people.find(findMentions(body));
      return transactions.run(async (transaction) => {
        const now = clock.now();
        const author = personOf(caller);
        const { comment, isNew } = await transaction.reviews.addComment(requestId, {
          threadId,
          author,
          body,
          creationTime: now,
          anchor: thread ? thread.anchor : anchor,
          idempotencyKey,
        });
        if (!isNew) return comment;
        await transaction.reviews.addMentions(
          requestId,
          mentioned
            .filter((person) => !isSamePerson(person, author))
            .map((person) => ({ person, commentId: comment.commentId, by: author, time: now })),
        );
        await record(transaction, caller, request, "commented", {
          now,
          detail: { comment: comment.commentId, thread: comment.threadId, anchor: comment.anchor ?? null },
          told: { text: body },
        });
        return comment;
      });
    },

    async editComment(caller, commentId, body) {
      requireText("body", body, { min: 1, max: textLimits.body });
      const { requestId: _, ...comment } = await requireOwn(caller, commentId, "edit");
      const now = clock.now();
      await transactions.run(({ reviews }) => reviews.editComment(commentId, body, now));
      return { ...comment, body, editTime: now };
    },

    async deleteComment(caller, commentId) {
      await requireOwn(caller, commentId, "delete");
      await transactions.run(({ reviews }) => reviews.removeComment(commentId, clock.now()));
    },

    async resolveThread(caller, requestId, threadId, isResolved) {
      const request = await requireRequest(store, caller.workspace, requestId);
      await transactions.run(async (transaction) => {
        const now = clock.now();
        const by = isResolved ? personOf(caller) : undefined;
        if (!(await transaction.reviews.resolveThread(requestId, threadId, by, now)))
          throw new DomainError("not_found", `Request ${requestId} has no thread ${threadId}.`, {
            field: "threadId",
          });
        const kind = isResolved ? "resolved" : "unresolved";
        await record(transaction, caller, request, kind, { now, detail: { thread: threadId } });
      });
    },
  };
}
