import type { Caller } from "@runweir/identity-domain";
import type { CheckAnnotation, CheckConclusion, CheckRun, CheckStatus } from "../checks/check-run.ts";
import type { CheckToken } from "../checks/check-token.ts";
import type { DiffRow } from "../diff/diff-row.ts";
import type { VersionDiff } from "../diff/diff-versions.ts";
import type { VersionFacts } from "../facts/version-facts.ts";
import type { Inbox, InboxEntry } from "../inbox/inbox.ts";
import type { Requirement } from "../mergeability/assess-request.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyRevision } from "../policy/policy-revision.ts";
import type { RequestEvent } from "../request/request-event.ts";
import type {
  Comment,
  Move,
  Person,
  ReviewRequest,
  Target,
  Thread,
  Verdict,
  VerdictKind,
} from "../request/review-request.ts";
import type { RequestState } from "../request/transition-table.ts";
import type { ActivityPage, RequestFilter, RequestPage } from "../review-store.ts";
import type { FoundTarget } from "./dependencies.ts";

/** Reviews: the one thing that every door sees. Every method rejects with a DomainError written for the person who asked. */
export interface Reviews {
  // Requests
  /** `version` undefined: the target is to point at nothing. The base is what the target points at now. */
  open(caller: Caller, draft: RequestDraft): Promise<ReviewRequest>;
  get(caller: Caller, requestId: number): Promise<RequestView>;
  list(
    caller: Caller,
    filter: RequestFilter & { readonly limit?: number | undefined; readonly before?: number | undefined },
  ): Promise<RequestPage>;
  count(caller: Caller, filter: RequestFilter): Promise<Readonly<Partial<Record<RequestState, number>>>>;
  edit(
    caller: Caller,
    changes: {
      readonly requestId: number;
      readonly title?: string | undefined;
      readonly body?: string | undefined;
      /** Names of users, service accounts and groups; all of them. */
      readonly reviewers?: readonly string[] | undefined;
    },
  ): Promise<ReviewRequest>;
  /** Puts another candidate in the place of the present one. Approvals of the one before go stale. */
  push(caller: Caller, requestId: number, version: number): Promise<ReviewRequest>;
  publish(caller: Caller, requestId: number): Promise<ReviewRequest>;
  withdraw(caller: Caller, requestId: number): Promise<ReviewRequest>;
  close(caller: Caller, requestId: number, reason?: string): Promise<ReviewRequest>;
  reopen(caller: Caller, requestId: number): Promise<ReviewRequest>;

  // What people say
  /** Of the head that was looked at; when that is not the present one, nothing is said. */
  review(
    caller: Caller,
    verdict: {
      readonly requestId: number;
      readonly kind: VerdictKind;
      readonly headDigest: string;
      readonly body?: string | undefined;
    },
  ): Promise<ReviewRequest>;
  reject(caller: Caller, requestId: number, reason: string): Promise<ReviewRequest>;
  comment(
    caller: Caller,
    comment: {
      readonly requestId: number;
      readonly body: string;
      /** Answers in that thread; else a new one begins, about the row of that anchor or the whole. */
      readonly threadId?: number | undefined;
      readonly anchor?: string | undefined;
      /** Sent again with the same key by the same person, a comment is the one that stands there, whatever its body. */
      readonly idempotencyKey?: string | undefined;
    },
  ): Promise<Comment>;
  editComment(caller: Caller, commentId: number, body: string): Promise<Comment>;
  deleteComment(caller: Caller, commentId: number): Promise<void>;
  resolveThread(caller: Caller, requestId: number, threadId: number, isResolved: boolean): Promise<void>;

  // What is known
  diff(caller: Caller, requestId: number): Promise<readonly RequestDiff[]>;
  /** Any two versions of a model, without a request. */
  compare(caller: Caller, model: string, base: number, candidate: number): Promise<RequestDiff>;
  runChecks(caller: Caller, requestId: number): Promise<readonly CheckRun[]>;
  /** By the token of one check: what something outside has found. */
  reportCheck(token: string, requestId: number, report: CheckReport): Promise<CheckRun>;

  // Doing it
  apply(
    caller: Caller,
    application: {
      readonly requestId: number;
      /** What was looked at. */
      readonly headDigest: string;
      /** Breaks the glass: what is missing does not count. */
      readonly overrideReason?: string | undefined;
      /** Versions that leave a stage are archived, whatever the policy says of it. */
      readonly archivePrevious?: boolean | undefined;
    },
  ): Promise<ReviewRequest>;
  /** Opens the request that takes an applied one back; the policy says for how long it needs no approvals. */
  revert(caller: Caller, requestId: number): Promise<ReviewRequest>;

  // What happened
  /** To all requests about a model, or about one version of it: the newest first. */
  listActivity(
    caller: Caller,
    model: string,
    page: {
      readonly version?: number | undefined;
      readonly limit?: number | undefined;
      readonly before?: number | undefined;
    },
  ): Promise<ActivityPage>;

  // What waits for the caller
  inbox(caller: Caller): Promise<{ readonly inbox: Inbox; readonly entries: readonly InboxEntry[] }>;
  markRead(caller: Caller, requestId?: number): Promise<void>;

  // Rules
  /** `mayChange`: whether the caller may propose others. */
  getPolicies(caller: Caller): Promise<PolicyRevision & { readonly mayChange: boolean }>;
  listPolicies(caller: Caller): Promise<readonly PolicyRevision[]>;
  policyFor(caller: Caller, model: string, target: Target): Promise<Policy>;
  /** Changes the policies at once where nobody has to be asked, else opens a request for it. */
  proposePolicies(
    caller: Caller,
    proposal: {
      readonly document: string;
      readonly baseRevision: number;
      readonly title?: string | undefined;
    },
  ): Promise<{ readonly revision?: PolicyRevision; readonly request?: ReviewRequest }>;
  /** What these policies would have said of the last requests. */
  simulatePolicies(caller: Caller, document: string, limit?: number): Promise<Simulation>;

  // Tokens of checks
  createCheckToken(
    caller: Caller,
    draft: { readonly checkName: string; readonly model?: string | undefined },
  ): Promise<{ readonly token: string; readonly checkToken: CheckToken }>;
  listCheckTokens(caller: Caller): Promise<readonly CheckToken[]>;
  revokeCheckToken(caller: Caller, tokenId: string): Promise<void>;
}

export interface RequestDraft {
  readonly model: string;
  readonly moves: readonly { readonly target: Target; readonly version: number | undefined }[];
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly isDraft?: boolean | undefined;
  readonly reviewers?: readonly string[] | undefined;
}

/** All that the page of a request shows, but for the diff. */
export interface RequestView {
  readonly request: ReviewRequest;
  readonly policy: Policy;
  readonly verdicts: readonly (Verdict & { readonly isStale: boolean; readonly isCounted: boolean })[];
  readonly threads: readonly SeenThread[];
  readonly checks: readonly (CheckRun & { readonly isRequired: boolean; readonly isCurrent: boolean })[];
  readonly events: readonly RequestEvent[];
  readonly found: readonly FoundTarget[];
  /** Of a single move: since when its base has been there. */
  readonly baseSince: number | undefined;
  /** The merge box. */
  readonly requirements: readonly Requirement[];
  readonly canBeApplied: boolean;
  /** What the caller may do. */
  readonly may: {
    readonly edit: boolean;
    readonly approve: boolean;
    /** Why not, when not. */
    readonly approveReason: string | undefined;
    readonly apply: boolean;
    readonly override: boolean;
    readonly close: boolean;
    readonly revert: boolean;
  };
}

/** A thread with what the caller may do to its comments. */
export interface SeenThread extends Thread {
  readonly comments: readonly (Comment & { readonly mayEdit: boolean; readonly mayDelete: boolean })[];
}

export interface RequestDiff {
  readonly move: Move | undefined;
  readonly base: VersionFacts | undefined;
  readonly candidate: VersionFacts | undefined;
  readonly diff: VersionDiff;
  /** Of policies, line by line. */
  readonly document?: readonly DiffRow[] | undefined;
  readonly changes: number;
}

export interface CheckReport {
  readonly name: string;
  readonly status: CheckStatus;
  readonly conclusion?: CheckConclusion | undefined;
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly annotations?: readonly CheckAnnotation[] | undefined;
  readonly detailsUrl?: string | undefined;
  readonly runId?: string | undefined;
  /** What was checked; when that is not the present head, it is refused. */
  readonly headDigest: string;
}

export interface SimulatedRequest {
  readonly requestId: number;
  readonly title: string;
  readonly state: RequestState;
  readonly author: Person;
  readonly policy: string;
  /** Whether it could have been applied as it stands now, under the present rules and under these. */
  readonly before: boolean;
  readonly after: boolean;
  /** What would be missing. */
  readonly missing: readonly string[];
}

export interface Simulation {
  readonly requests: readonly SimulatedRequest[];
  readonly blocked: number;
  readonly freed: number;
}
