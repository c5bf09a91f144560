import type { StatementValues } from "@runweir/postgres";
import type { Move, Person, RequestState, Reviewer, ReviewRequest, Subject } from "@runweir/review-domain";

/** `r` is review.request. */
export const requestColumns = `r.request_id, r.model, r.moves, r.document, r.base_revision, r.title, r.body, r.author_kind,
  r.author_id, r.author_name, r.candidate_by, r.state, r.head_digest, r.policy_name, r.policy_revision, r.owners,
  r.revert_of, r.preapproved_until, r.creation_time, r.last_update_time, r.end_time, r.applied_by,
  (SELECT json_agg(json_build_object('kind', w.kind, 'id', w.id, 'name', w.name) ORDER BY w.place)
   FROM review.reviewer w WHERE w.request_id = r.request_id) AS reviewers`;

/** JSON has no undefined: a target that points at nothing is null there. */
export interface StoredMove {
  readonly target: Move["target"];
  readonly from: number | null;
  readonly to: number | null;
}

export interface RequestRow {
  readonly request_id: number;
  readonly model: string | null;
  readonly moves: readonly StoredMove[] | null;
  readonly document: string | null;
  readonly base_revision: number | null;
  readonly title: string;
  readonly body: string;
  readonly author_kind: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly candidate_by: Person;
  readonly state: string;
  readonly head_digest: string;
  readonly policy_name: string;
  readonly policy_revision: number;
  readonly owners: readonly string[];
  readonly revert_of: number | null;
  readonly preapproved_until: number | null;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly end_time: number | null;
  readonly applied_by: Person | null;
  readonly reviewers: readonly Reviewer[] | null;
  readonly [column: string]: unknown;
}

export function toRequest(row: RequestRow): ReviewRequest {
  return {
    requestId: row.request_id,
    subject: toSubject(row),
    title: row.title,
    body: row.body,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    candidateBy: row.candidate_by,
    reviewers: row.reviewers ?? [],
    state: row.state as RequestState,
    headDigest: row.head_digest,
    policy: { name: row.policy_name, revision: row.policy_revision },
    owners: row.owners,
    revertOf: row.revert_of ?? undefined,
    preapprovedUntil: row.preapproved_until ?? undefined,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    endTime: row.end_time ?? undefined,
    appliedBy: row.applied_by ?? undefined,
  };
}

function toSubject({ model, moves, document, base_revision }: RequestRow): Subject {
  if (model === null) return { kind: "policy", document: document ?? "", baseRevision: base_revision ?? 0 };
  return { kind: "moves", model, moves: toMoves(moves ?? []) };
}

export function toMoves(moves: readonly StoredMove[]): readonly Move[] {
  return moves.map(({ target, from, to }) => ({ target, from: from ?? undefined, to: to ?? undefined }));
}

/** In the order of `changedColumns`. */
export function subjectValues(subject: Subject): readonly unknown[] {
  if (subject.kind === "policy") return [null, null, subject.document, subject.baseRevision];
  const moves = subject.moves.map(
    ({ target, from, to }): StoredMove => ({ target, from: from ?? null, to: to ?? null }),
  );
  return [subject.model, JSON.stringify(moves), null, null];
}

/** Of requests that ask for this version. */
export function printVersion(version: number, values: StatementValues): string {
  return `r.moves @> jsonb_build_array(jsonb_build_object('to', ${values.add(version)}::bigint))`;
}
