import type { Notice, RequestView, ReviewEvent } from "./notice.ts";
import type { Topic } from "./topic.ts";

/** What happened, for those whose request it is and who review it; others are not told. */
const changes: Readonly<Record<string, string>> = {
  "review.pushed": "chose another version for",
  "review.approved": "approved",
  "review.changes_requested": "wants changes in",
  "review.applied": "applied",
  "review.broken_glass": "broke the glass for",
  "review.rejected": "rejected",
  "review.closed": "closed",
  "review.reopened": "opened again",
  "review.reverted": "reverted",
  "review.base_moved": "has to check again",
};
const asking = new Set(["review.opened", "review.published", "review.reviewers_changed", "review.reopened"]);

/**
 * Who is told what of an event of a review: once each, the nearest reason first, and nobody of what they did themselves. `members`
 * stands for groups among the people. Only users have e-mail addresses.
 */
export function noticesOf(
  event: ReviewEvent,
  request: RequestView,
  members: (groupId: string) => readonly string[],
): readonly Notice[] {
  const { kind, actor } = event;
  const quoted = `"${request.title}"`;
  const usersOf = (people: RequestView["reviewers"]) =>
    people.flatMap((person) =>
      person.kind === "user" ? [person.id] : person.kind === "group" ? members(person.id) : [],
    );
  const told = new Map<string, { readonly topic: Topic; readonly line: string }>();
  const tell = (users: readonly string[], topic: Topic, line: string) => {
    for (const user of users) if (user !== actor.id && !told.has(user)) told.set(user, { topic, line });
  };
  tell(usersOf(request.mentioned), "mentioned", `${actor.name} mentioned you in ${quoted}`);
  if (asking.has(kind) && !request.isDraft)
    tell(usersOf(request.reviewers), "review_requested", `${actor.name} asks for your review of ${quoted}`);
  const change = changes[kind];
  if (change !== undefined)
    tell(
      [...usersOf([request.author]), ...usersOf(request.reviewers)],
      "state_changed",
      `${actor.name} ${change} ${quoted}`,
    );
  if (kind === "review.commented")
    tell(usersOf([request.author]), "state_changed", `${actor.name} commented on ${quoted}`);
  const { workspace, time, model } = event;
  return [...told].map(([userId, { topic, line }]) => ({
    workspace,
    userId,
    topic,
    model,
    line,
    time,
    requestId: request.requestId,
  }));
}
