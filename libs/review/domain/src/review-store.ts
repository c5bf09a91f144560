import type { ObjectFilter } from "@runweir/identity-domain";
import type { CheckRun } from "./checks/check-run.ts";
import type { CheckToken } from "./checks/check-token.ts";
import type { Inbox, InboxEntry } from "./inbox/inbox.ts";
import type { PolicyRevision } from "./policy/policy-revision.ts";
import type { RequestEvent } from "./request/request-event.ts";
import type {
  Comment,
  Move,
  Person,
  ReviewRequest,
  Target,
  Thread,
  Verdict,
} from "./request/review-request.ts";
import type { RequestState } from "./request/transition-table.ts";

export interface RequestFilter {
  readonly states?: readonly RequestState[] | undefined;
  readonly model?: string | undefined;
  /** Of moves to this version. */
  readonly version?: number | undefined;
  readonly target?: Target | undefined;
  readonly author?: Pick<Person, "kind" | "id"> | undefined;
  /** Asked of one of these people or groups. */
  readonly reviewers?: readonly Pick<Person, "kind" | "id">[] | undefined;
  /** Words in the title, or in the model's name. */
  readonly text?: string | undefined;
}

export interface RequestPage {
  readonly items: readonly ReviewRequest[];
  /** The number that the next page begins below. */
  readonly before: number | undefined;
}

/** Something that happened to a request about a model. */
export interface Activity extends RequestEvent {
  readonly requestId: number;
  readonly title: string;
  readonly moves: readonly Move[];
  readonly state: RequestState;
  /** What was commented, as it reads now; absent once it is deleted. */
  readonly comment?: string | undefined;
}

export interface ActivityPage {
  readonly items: readonly Activity[];
  /** The number that the next page begins below. */
  readonly before: number | undefined;
}

/** What reviews need of their database; arguments are already validated. `undefined` and false mean "not there". */
export interface ReviewStore {
  insertRequest(workspace: string, request: Omit<ReviewRequest, "requestId">): Promise<ReviewRequest>;
  findRequest(workspace: string, requestId: number): Promise<ReviewRequest | undefined>;
  /** Held until the transaction ends, so that what happens to a request happens one after the other. */
  lockRequest(workspace: string, requestId: number): Promise<ReviewRequest | undefined>;
  saveRequest(workspace: string, request: ReviewRequest): Promise<void>;
  /** Requests about a model follow it to another name. */
  renameModel(workspace: string, name: string, newName: string): Promise<void>;
  /** The newest first. */
  listRequests(
    workspace: string,
    filter: RequestFilter & {
      readonly limit: number;
      readonly before?: number | undefined;
      readonly visible: ObjectFilter;
    },
  ): Promise<RequestPage>;
  countStates(
    workspace: string,
    filter: RequestFilter & { readonly visible: ObjectFilter },
  ): Promise<Readonly<Partial<Record<RequestState, number>>>>;

  addVerdict(requestId: number, verdict: Omit<Verdict, "verdictId">): Promise<Verdict>;
  listVerdicts(requestId: number): Promise<readonly Verdict[]>;

  /** Not new: what its author wrote with the same key in this request before. */
  addComment(
    requestId: number,
    comment: Pick<Comment, "anchor" | "author" | "body" | "creationTime"> & {
      readonly threadId: number | undefined;
      readonly idempotencyKey?: string | undefined;
    },
  ): Promise<{ readonly comment: Comment; readonly isNew: boolean }>;
  findComment(
    workspace: string,
    commentId: number,
  ): Promise<(Comment & { readonly requestId: number }) | undefined>;
  editComment(commentId: number, body: string, now: number): Promise<void>;
  removeComment(commentId: number, now: number): Promise<void>;
  listThreads(requestId: number): Promise<readonly Thread[]>;
  /** False when there is no such thread in the request. */
  resolveThread(requestId: number, threadId: number, by: Person | undefined, now: number): Promise<boolean>;

  putCheck(requestId: number, check: CheckRun): Promise<void>;
  listChecks(requestId: number): Promise<readonly CheckRun[]>;

  addEvent(requestId: number, event: Omit<RequestEvent, "eventId">): Promise<void>;
  listEvents(requestId: number): Promise<readonly RequestEvent[]>;
  listActivity(
    workspace: string,
    model: string,
    page: {
      readonly version?: number | undefined;
      readonly limit: number;
      readonly before?: number | undefined;
    },
  ): Promise<ActivityPage>;

  findPolicies(workspace: string): Promise<PolicyRevision | undefined>;
  listPolicies(workspace: string, limit: number): Promise<readonly PolicyRevision[]>;
  /** False when there is a revision of that number already. */
  insertPolicies(workspace: string, revision: PolicyRevision): Promise<boolean>;

  insertToken(workspace: string, token: CheckToken, hash: Uint8Array): Promise<void>;
  listTokens(workspace: string): Promise<readonly CheckToken[]>;
  findToken(hash: Uint8Array): Promise<(CheckToken & { readonly workspace: string }) | undefined>;
  revokeToken(workspace: string, tokenId: string, now: number): Promise<CheckToken | undefined>;

  addMentions(
    requestId: number,
    mentions: readonly {
      readonly person: Pick<Person, "kind" | "id">;
      readonly commentId: number | undefined;
      readonly by: Person;
      readonly time: number;
    }[],
  ): Promise<void>;
  readInbox(
    workspace: string,
    reader: InboxReader,
    limit: number,
  ): Promise<{ readonly inbox: Inbox; readonly entries: readonly InboxEntry[] }>;
  /** Of one request, or of all. */
  markRead(
    workspace: string,
    reader: Pick<Person, "kind" | "id">,
    requestId: number | undefined,
    now: number,
  ): Promise<void>;
}

export interface InboxReader {
  readonly person: Pick<Person, "kind" | "id">;
  readonly groupIds: readonly string[];
  readonly visible: ObjectFilter;
}
