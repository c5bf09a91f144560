export { type CheckAnnotation, type CheckRun, checkConclusions, checkStatuses } from "./checks/check-run.ts";
export type { CheckToken } from "./checks/check-token.ts";
export { parseColumnProfiles } from "./facts/column-profile.ts";
export { parseMetricKey } from "./facts/metric-name.ts";
export { type MlmodelFile, parseMlmodel } from "./facts/parse-mlmodel.ts";
export { parseRequirements } from "./facts/parse-requirements.ts";
export type {
  CodeFact,
  DatasetFact,
  EnvironmentFact,
  FactsReader,
  FileFact,
  MetricFact,
  VersionFacts,
} from "./facts/version-facts.ts";
export { createTargetGate, type ReviewGate } from "./gate/create-target-gate.ts";
export { enterRefusals } from "./guard/enter-refusals.ts";
export { guardReviews } from "./guard/guard-reviews.ts";
export type { RequestOwners } from "./guard/require-request.ts";
export { findMentions } from "./inbox/find-mentions.ts";
export type { Inbox, InboxEntry, InboxReason } from "./inbox/inbox.ts";
export { concerns, type ReviewChange, type ReviewFeed, type ReviewFilter } from "./live/review-feed.ts";
export { type ReviewSight, watchReviews } from "./live/watch-reviews.ts";
export type { PolicyRevision } from "./policy/policy-revision.ts";
export { type RequestEvent, type RequestEventKind, requestEventKinds } from "./request/request-event.ts";
export {
  type Comment,
  type Move,
  nameTarget,
  type Person,
  type Reviewer,
  type ReviewRequest,
  type Subject,
  type Target,
  type Thread,
  type Verdict,
  verdictKinds,
} from "./request/review-request.ts";
export { isPending, type RequestState, requestStates } from "./request/transition-table.ts";
export type { Activity, InboxReader, RequestFilter, RequestPage, ReviewStore } from "./review-store.ts";
export { createReviews } from "./service/create-reviews.ts";
export type {
  FoundTarget,
  People,
  ReviewAnnouncement,
  ReviewDependencies,
  ReviewTransaction,
  ReviewTransactions,
  TargetMover,
  TargetReader,
} from "./service/dependencies.ts";
export { createRefusals } from "./service/refusals.ts";
export type { RequestDiff, RequestView, Reviews, Simulation } from "./service/reviews.ts";
