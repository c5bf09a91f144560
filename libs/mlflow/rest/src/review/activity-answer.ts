import type { StageEntry } from "@runweir/registry-domain";
import type { Activity, Comment, ReviewRequest } from "@runweir/review-domain";

type ActivityType = "REQUESTED_TRANSITION" | "APPROVED_REQUEST" | "REJECTED_REQUEST" | "CANCELLED_REQUEST";

interface ActivityAnswer {
  readonly id: string;
  readonly activity_type: ActivityType | "NEW_COMMENT" | "APPLIED_TRANSITION";
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
  readonly user_id: string;
  readonly from_stage?: string | undefined;
  readonly to_stage?: string | undefined;
  readonly comment?: string | undefined;
}

const typeOfEvent: Readonly<Partial<Record<Activity["kind"], ActivityAnswer["activity_type"]>>> = {
  opened: "REQUESTED_TRANSITION",
  approved: "APPROVED_REQUEST",
  rejected: "REJECTED_REQUEST",
  closed: "CANCELLED_REQUEST",
  commented: "NEW_COMMENT",
};

/** What happened to a request about a version that is in this stage; nothing where Databricks has no word for it. */
export function eventActivity(item: Activity, stage: string): readonly ActivityAnswer[] {
  const type = typeOfEvent[item.kind];
  const target = item.moves[0]?.target;
  if (type === undefined || (item.kind === "commented" && item.comment === undefined)) return [];
  // Requests for aliases have no stages to tell of.
  if (item.kind !== "commented" && target?.kind !== "stage") return [];
  const { reason, body, comment } = item.detail;
  const said = item.comment ?? (typeof reason === "string" ? reason : body);
  return [
    {
      id: item.kind === "commented" ? String(comment) : String(item.requestId),
      activity_type: type,
      creation_timestamp: item.time,
      last_updated_timestamp: item.time,
      user_id: item.actor.name,
      ...(item.kind === "opened" ? { from_stage: stage } : {}),
      ...(target?.kind === "stage" && item.kind !== "commented" ? { to_stage: target.stage } : {}),
      comment: typeof said === "string" ? said : "",
    },
  ];
}

export function transitionActivity(entry: StageEntry): readonly ActivityAnswer[] {
  const { stage, previousStage, version, validFrom, actor, reason } = entry;
  if (stage === undefined || previousStage === undefined) return [];
  return [
    {
      id: `${version}-${validFrom}`,
      activity_type: "APPLIED_TRANSITION",
      creation_timestamp: validFrom,
      last_updated_timestamp: validFrom,
      user_id: actor.name,
      from_stage: previousStage,
      to_stage: stage,
      comment: reason ?? "",
    },
  ];
}

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
