import type { Comment, ReviewRequest } from "@runweir/review-domain";

type ActivityType = "REQUESTED_TRANSITION" | "APPROVED_REQUEST" | "REJECTED_REQUEST" | "CANCELLED_REQUEST";

/** Databricks' `TransitionRequest` message. */
export function transitionRequestAnswer(request: ReviewRequest): object {
  return {
    creation_timestamp: request.creationTime,
    user_id: request.author.name,
    to_stage: stageOf(request),
    comment: request.body,
    available_actions: [
      "APPROVE_TRANSITION_REQUEST",
      "REJECT_TRANSITION_REQUEST",
      "CANCEL_TRANSITION_REQUEST",
    ],
  };
}

/** Databricks' `Activity` message; its id is that of the request. */
export function activityAnswer(
  request: ReviewRequest,
  type: ActivityType,
  by: { readonly name: string },
  time: number,
  comment: string | undefined,
): object {
  return {
    id: String(request.requestId),
    activity_type: type,
    creation_timestamp: time,
    last_updated_timestamp: request.lastUpdateTime,
    user_id: by.name,
    to_stage: stageOf(request),
    comment: comment ?? "",
    // There is a state of a request, where Databricks has none.
    system_comment: `Request ${request.requestId} is ${request.state.replace("_", " ")}.`,
  };
}

/** Databricks' `CommentObject` message. */
export function commentAnswer(comment: Comment): object {
  return {
    id: String(comment.commentId),
    comment: comment.body,
    user_id: comment.author.name,
    creation_timestamp: comment.creationTime,
    last_updated_timestamp: comment.editTime ?? comment.creationTime,
    available_actions: ["EDIT_COMMENT", "DELETE_COMMENT"],
  };
}

function stageOf({ subject }: ReviewRequest): string | undefined {
  const target = subject.kind === "moves" ? subject.moves[0]?.target : undefined;
  return target?.kind === "stage" ? target.stage : undefined;
}
