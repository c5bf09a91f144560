import { holdsRole, type WorkspaceRole, workspaceRoles } from "@runweir/identity-domain";
import { type CheckRun, isPassed } from "../checks/check-run.ts";
import { openWindow } from "../policy/freeze-window.ts";
import type { Policy } from "../policy/policy.ts";
import {
  isSamePerson,
  nameTarget,
  type Person,
  type ReviewRequest,
  type Target,
  type Thread,
  type Verdict,
} from "../request/review-request.ts";

export type RequirementKind =
  | "state"
  | "approvals"
  | "group"
  | "role"
  | "changes_requested"
  | "check"
  | "threads"
  | "base"
  | "freeze"
  | "batch";

/** One line of the merge box: what has to be, and whether it is. */
export interface Requirement {
  readonly kind: RequirementKind;
  readonly isMet: boolean;
  /** For people, as a whole sentence without its stop: `1 of 2 approvals`. */
  readonly text: string;
  /** The group, role, check or target it is about. */
  readonly name?: string | undefined;
}

export interface Situation {
  readonly request: ReviewRequest;
  readonly policy: Policy;
  readonly verdicts: readonly Verdict[];
  readonly checks: readonly CheckRun[];
  readonly threads: readonly Thread[];
  /** What the targets point at now. */
  readonly found: readonly { readonly target: Target; readonly version: number | undefined }[];
  readonly now: number;
}

/** All that an application of the request needs, met or not. It can be applied when all of it is met. */
export function assessRequest(situation: Situation): readonly Requirement[] {
  const { request, policy } = situation;
  return [
    ...assessState(request),
    ...(isPreapproved(situation)
      ? [{ kind: "approvals", isMet: true, text: "Pre-approved: it takes back what was applied" } as const]
      : [...assessApprovals(situation), ...assessChecks(situation), ...assessFreeze(situation)]),
    ...assessThreads(situation),
    ...assessBase(situation),
    ...(request.subject.kind === "moves" && request.subject.moves.length > policy.max_batch
      ? [
          {
            kind: "batch",
            isMet: false,
            text: `${request.subject.moves.length} moves at once; the policy allows ${policy.max_batch}`,
          } as const,
        ]
      : []),
  ];
}

/** Approvals, checks and freezes do not concern the way back, for as long as the policy says. */
export function isPreapproved({ request, now }: Pick<Situation, "request" | "now">): boolean {
  return request.preapprovedUntil !== undefined && now < request.preapprovedUntil;
}

/** Approvals that count, the newest of each person. */
export function countedApprovals(
  request: ReviewRequest,
  policy: Pick<Policy, "dismiss_stale" | "no_self_approval">,
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  return latestVerdicts(verdicts).filter(
    (verdict) =>
      verdict.kind === "approve" &&
      !isStale(verdict, request, policy) &&
      !(policy.no_self_approval && isOwn(request, verdict.reviewer)),
  );
}

export function isStale(
  verdict: Verdict,
  request: ReviewRequest,
  policy: Pick<Policy, "dismiss_stale">,
): boolean {
  return policy.dismiss_stale && verdict.headDigest !== request.headDigest;
}

/** Whoever opened a request or chose its candidate has said already what they think. */
export function isOwn(request: ReviewRequest, person: Person): boolean {
  return isSamePerson(request.author, person) || isSamePerson(request.candidateBy, person);
}

export function latestVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  const latest = new Map<string, Verdict>();
  for (const verdict of verdicts.toSorted((a, b) => a.verdictId - b.verdictId))
    latest.set(`${verdict.reviewer.kind}:${verdict.reviewer.id}`, verdict);
  return [...latest.values()];
}

function assessState({ state }: ReviewRequest): readonly Requirement[] {
  if (state === "draft") return [{ kind: "state", isMet: false, text: "It is a draft" }];
  if (state === "open" || state === "approved" || state === "queued") return [];
  return [{ kind: "state", isMet: false, text: `It is ${state.replace("_", " ")}` }];
}

export function assessApprovals({
  request,
  policy,
  verdicts,
}: Pick<Situation, "request" | "policy" | "verdicts">): readonly Requirement[] {
  const { approvals } = policy;
  const counted = countedApprovals(request, policy, verdicts);
  const groups = new Map(approvals.groups.map(({ group, count }) => [group, count]));
  for (const owner of request.owners) if (!groups.has(owner)) groups.set(owner, 1);
  const enough = (have: number, need: number, of: string, rest: Partial<Requirement>) => ({
    kind: "approvals" as const,
    isMet: have >= need,
    text: `${Math.min(have, need)} of ${need} approval${need === 1 ? "" : "s"}${of}`,
    ...rest,
  });
  const refused = latestVerdicts(verdicts).filter(
    (verdict) => verdict.kind === "request_changes" && !isStale(verdict, request, policy),
  );
  return [
    ...(approvals.count > 0 ? [enough(counted.length, approvals.count, "", {})] : []),
    ...[...groups].map(([group, count]) =>
      enough(counted.filter((one) => one.groups.includes(group)).length, count, ` of ${group}`, {
        kind: "group",
        name: group,
      }),
    ),
    ...Object.entries(approvals.roles).map(([role, count]) =>
      enough(
        counted.filter((one) => isRole(one.role) && holdsRole(one.role, role as WorkspaceRole)).length,
        count ?? 0,
        ` of role ${role}`,
        { kind: "role", name: role },
      ),
    ),
    ...refused.map(({ reviewer }) => ({
      kind: "changes_requested" as const,
      isMet: false,
      text: `${reviewer.name} asked for changes`,
      name: reviewer.name,
    })),
  ];
}

function assessChecks({ request, policy, checks }: Situation): readonly Requirement[] {
  return policy.checks.map((name) => {
    const run = checks.find((one) => one.name === name && one.headDigest === request.headDigest);
    const isMet = run !== undefined && isPassed(run);
    return { kind: "check", isMet, name, text: describeCheck(name, run) };
  });
}

function describeCheck(name: string, run: CheckRun | undefined): string {
  if (!run) return `Check ${name} has not reported`;
  if (run.status !== "completed") return `Check ${name} is ${run.status.replace("_", " ")}`;
  return isPassed(run) ? `Check ${name} passed` : `Check ${name}: ${run.conclusion?.replace("_", " ")}`;
}

function assessThreads({ policy, threads }: Situation): readonly Requirement[] {
  const open = threads.filter(
    ({ anchor, resolvedTime }) => anchor !== undefined && resolvedTime === undefined,
  );
  if (!policy.require_resolved_threads) return [];
  if (open.length === 0) return [{ kind: "threads", isMet: true, text: "All threads are resolved" }];
  return [
    {
      kind: "threads",
      isMet: false,
      text: `${open.length} unresolved thread${open.length === 1 ? "" : "s"}`,
    },
  ];
}

function assessBase({ request, found }: Situation): readonly Requirement[] {
  if (request.subject.kind !== "moves") return [];
  return request.subject.moves.flatMap((move) => {
    const now = found.find(({ target }) => nameTarget(target) === nameTarget(move.target));
    if (now === undefined || now.version === move.from) return [];
    const print = (version: number | undefined) => (version === undefined ? "nothing" : `version ${version}`);
    return [
      {
        kind: "base" as const,
        isMet: false,
        text: `${nameTarget(move.target)} has moved: it was ${print(move.from)}, and is ${print(now.version)}`,
        name: nameTarget(move.target),
      },
    ];
  });
}

function assessFreeze({ policy, now }: Situation): readonly Requirement[] {
  const window = openWindow(policy.freeze_windows, now);
  return window === undefined
    ? []
    : [{ kind: "freeze", isMet: false, text: `Frozen: ${window}`, name: window }];
}

function isRole(role: string | undefined): role is WorkspaceRole {
  return (workspaceRoles as readonly (string | undefined)[]).includes(role);
}
