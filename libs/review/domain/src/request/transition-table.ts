import { DomainError } from "@runweir/errors";

export const requestStates = [
  "draft",
  "open",
  "approved",
  "queued",
  "rolling_out",
  "applied",
  "rejected",
  "closed",
  "rolled_back",
] as const;
export type RequestState = (typeof requestStates)[number];

export const requestActions = [
  "publish",
  "withdraw",
  "approve",
  "unapprove",
  "reject",
  "close",
  "reopen",
  "queue",
  "dequeue",
  "start_rollout",
  "apply",
  "override",
  "roll_back",
] as const;
export type RequestAction = (typeof requestActions)[number];

/**
 * All that can happen to a request, and nothing else does. `queued` and `rolling_out` are the places of strategies other than
 * `immediate`, which goes from approved to applied in one step.
 */
export const transitions: Readonly<
  Record<RequestState, Readonly<Partial<Record<RequestAction, RequestState>>>>
> = {
  draft: { publish: "open", close: "closed" },
  open: { withdraw: "draft", approve: "approved", reject: "rejected", close: "closed", override: "applied" },
  approved: {
    withdraw: "draft",
    unapprove: "open",
    reject: "rejected",
    close: "closed",
    queue: "queued",
    start_rollout: "rolling_out",
    apply: "applied",
    override: "applied",
  },
  queued: {
    dequeue: "open",
    reject: "rejected",
    close: "closed",
    start_rollout: "rolling_out",
    apply: "applied",
    override: "applied",
  },
  rolling_out: { apply: "applied", roll_back: "rolled_back" },
  applied: { roll_back: "rolled_back" },
  rejected: { reopen: "open" },
  closed: { reopen: "open" },
  rolled_back: {},
};

/** Nothing more is decided about it, unless it is opened again. */
export function hasEnded(state: RequestState): boolean {
  return ["applied", "rejected", "closed", "rolled_back"].includes(state);
}

/** Still being talked about and waited for. */
export function isPending(state: RequestState): boolean {
  return state === "open" || state === "approved" || state === "queued" || state === "rolling_out";
}

/** The state after an action; `failed_precondition` when it cannot happen in this one. */
export function nextState(state: RequestState, action: RequestAction): RequestState {
  const next = transitions[state][action];
  if (next !== undefined) return next;
  const possible = Object.keys(transitions[state]);
  throw new DomainError(
    "failed_precondition",
    `A request that is ${state} cannot be asked to ${action.replace("_", " ")}; ${possible.length === 0 ? "nothing more happens to it" : `possible: ${possible.join(", ")}`}.`,
    { field: "state", reason: "request_state" },
  );
}
