/** In MLflow's order, which its wire counts by: entities from 1, actions from 1. */
export const mlflowEntities = [
  "registered_model",
  "model_version",
  "model_version_tag",
  "model_version_alias",
  "prompt",
  "prompt_version",
  "prompt_tag",
  "prompt_version_tag",
  "prompt_alias",
  "budget_policy",
] as const;
export const mlflowActions = ["created", "updated", "deleted", "set", "exceeded"] as const;

/** What MLflow's own webhooks tell of, in its words and shapes; no budget is ever exceeded here. */
export const mlflowEvents = [
  "registered_model.created",
  "model_version.created",
  "model_version_tag.set",
  "model_version_tag.deleted",
  "model_version_alias.created",
  "model_version_alias.deleted",
  "prompt.created",
  "prompt_version.created",
  "prompt_tag.set",
  "prompt_tag.deleted",
  "prompt_version_tag.set",
  "prompt_version_tag.deleted",
  "prompt_alias.created",
  "prompt_alias.deleted",
  "budget_policy.exceeded",
] as const;

/** What is told besides, with who did it, and what was there before and after. */
export const ownEvents = [
  "registered_model.updated",
  "registered_model.renamed",
  "registered_model.deleted",
  "registered_model_tag.set",
  "registered_model_tag.deleted",
  "model_version.updated",
  "model_version.deleted",
  "model_version.transitioned",
  "model_alias.moved",
  "review.opened",
  "review.edited",
  "review.pushed",
  "review.published",
  "review.withdrawn",
  "review.reviewers_changed",
  "review.approved",
  "review.changes_requested",
  "review.commented",
  "review.resolved",
  "review.unresolved",
  "review.check_completed",
  "review.base_moved",
  "review.policy_changed",
  "review.applied",
  "review.broken_glass",
  "review.rejected",
  "review.closed",
  "review.reopened",
  "review.reverted",
] as const;

/** Of Databricks' registry webhooks. */
export const databricksEvents = [
  "MODEL_VERSION_CREATED",
  "MODEL_VERSION_TRANSITIONED_STAGE",
  "TRANSITION_REQUEST_CREATED",
  "COMMENT_CREATED",
  "REGISTERED_MODEL_CREATED",
  "MODEL_VERSION_TAG_SET",
  "MODEL_VERSION_TRANSITIONED_TO_STAGING",
  "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION",
  "MODEL_VERSION_TRANSITIONED_TO_ARCHIVED",
  "TRANSITION_REQUEST_TO_STAGING_CREATED",
  "TRANSITION_REQUEST_TO_PRODUCTION_CREATED",
  "TRANSITION_REQUEST_TO_ARCHIVED_CREATED",
] as const;

const mlflowNames: ReadonlySet<string> = new Set(mlflowEvents);

export function isMlflowEvent(event: string): boolean {
  return mlflowNames.has(event);
}

/** All that webhooks of a format may be subscribed to. */
export const eventsOfFormat = {
  mlflow: [...mlflowEvents, ...ownEvents],
  databricks: databricksEvents,
} as const satisfies Record<string, readonly string[]>;
