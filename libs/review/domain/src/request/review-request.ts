import type { Target } from "@runweir/registry-domain";
import type { RequestState } from "./transition-table.ts";

export type { Target };

/** Which version a target is to name instead of which; undefined: none. `from` is the base, as it was when last looked at. */
export interface Move {
  readonly target: Target;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Aliases as people write them, stages by their names: `@champion`, `Production`. */
export function nameTarget(target: Target): string {
  return target.kind === "alias" ? `@${target.alias}` : target.stage;
}

export interface Person {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export function isSamePerson(a: Pick<Person, "kind" | "id">, b: Pick<Person, "kind" | "id">): boolean {
  return a.kind === b.kind && a.id === b.id;
}

export interface Reviewer {
  readonly kind: "user" | "service-account" | "group";
  /** Of groups too. */
  readonly id: string;
  readonly name: string;
}

/** What a request wants to be done. */
export type Subject =
  | { readonly kind: "moves"; readonly model: string; readonly moves: readonly Move[] }
  /** The workspace's policies, as YAML, in place of that revision. */
  | { readonly kind: "policy"; readonly document: string; readonly baseRevision: number };

export interface ReviewRequest {
  /** 1, 2, 3, ... over the whole server. */
  readonly requestId: number;
  readonly subject: Subject;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly author: Person;
  /** Whoever chose the present candidate: the author, unless somebody pushed another version. */
  readonly candidateBy: Person;
  readonly reviewers: readonly Reviewer[];
  readonly state: RequestState;
  readonly headDigest: string;
  /** The policy it falls under, as of the head. */
  readonly policy: { readonly name: string; readonly revision: number };
  /** Groups that have to approve because of what it is about, as of the head. */
  readonly owners: readonly string[];
  /** The request that this one takes back, if it does. */
  readonly revertOf: number | undefined;
  /** Until when a revert needs no approvals, in milliseconds since 1970. */
  readonly preapprovedUntil: number | undefined;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  /** When it was applied, rejected, closed or rolled back. */
  readonly endTime: number | undefined;
  readonly appliedBy: Person | undefined;
}

export const verdictKinds = ["approve", "request_changes"] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** What a reviewer said of one head. The newest of each reviewer counts. */
export interface Verdict {
  readonly verdictId: number;
  readonly reviewer: Person;
  readonly kind: VerdictKind;
  readonly body: string;
  /** The head that they saw. */
  readonly headDigest: string;
  /** Names of the groups that they were in, and their role, when they said it. */
  readonly groups: readonly string[];
  readonly role: string | undefined;
  readonly time: number;
}

export interface Comment {
  readonly commentId: number;
  /** The first comment of a thread has its own id here. */
  readonly threadId: number;
  /** Of the row of the diff that the thread is about; undefined: of the request as a whole. */
  readonly anchor: string | undefined;
  readonly author: Person;
  /** Markdown; empty once deleted. */
  readonly body: string;
  readonly creationTime: number;
  readonly editTime: number | undefined;
  readonly isDeleted: boolean;
}

export interface Thread {
  readonly threadId: number;
  readonly anchor: string | undefined;
  readonly comments: readonly Comment[];
  readonly resolvedBy: Person | undefined;
  readonly resolvedTime: number | undefined;
}
