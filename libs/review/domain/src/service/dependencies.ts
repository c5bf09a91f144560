import type { AuditEvent, Caller } from "@runweir/identity-domain";
import type { TargetStore } from "@runweir/registry-domain";
import type { FactsReader } from "../facts/version-facts.ts";
import type { Person, Reviewer, Target } from "../request/review-request.ts";
import type { ReviewStore } from "../review-store.ts";

/** What the service is made of; `createReviews` is called once per process. */
export interface ReviewDependencies {
  /** Outside of transactions, for reading. */
  readonly store: ReviewStore;
  readonly transactions: ReviewTransactions;
  readonly targets: TargetReader;
  readonly facts: FactsReader;
  readonly people: People;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  newId(): string;
  newToken(): string;
}

export interface ReviewTransactions {
  /** Commits when `work` resolves; nothing has happened when it rejects. */
  run<Result>(work: (transaction: ReviewTransaction) => Promise<Result>): Promise<Result>;
}

export interface ReviewTransaction {
  readonly reviews: ReviewStore;
  readonly registry: TargetMover;
  /** Enters something into the audit log, as the last thing of the transaction. */
  audit(caller: Caller, event: AuditEvent): void;
  /** Tells whoever listens outside. */
  announce(announcement: ReviewAnnouncement): Promise<void>;
}

export interface ReviewAnnouncement {
  readonly workspace: string;
  readonly time: number;
  /** `review.opened`, `review.applied`, ... */
  readonly kind: string;
  readonly actor: Person;
  readonly model: string | undefined;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The registry, as far as it is written to: all moves or none, and none when a target is not where its move says. */
export type TargetMover = Pick<TargetStore, "moveTargets">;

/**
 * What targets point at now, in their order and their own spelling. Rejects with `not_found` when there is no such model, and with
 * `invalid_argument` for what is no alias or stage.
 */
export interface TargetReader {
  find(workspace: string, model: string, targets: readonly Target[]): Promise<readonly FoundTarget[]>;
  /** When it came to point at what it points at, in milliseconds since 1970. */
  findSince(workspace: string, model: string, target: Target): Promise<number | undefined>;
}

export interface FoundTarget {
  readonly target: Target;
  readonly version: number | undefined;
}

export interface People {
  groupsOf(person: Pick<Person, "kind" | "id">): Promise<readonly Pick<Reviewer, "id" | "name">[]>;
  /** Users, service accounts and groups that go by these names. */
  find(names: readonly string[]): Promise<readonly Reviewer[]>;
}
