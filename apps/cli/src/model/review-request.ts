/** A request as `GET /api/reviews/:id` answers it, as far as the command line looks at it. */
export interface AnsweredRequest {
  readonly id: number;
  readonly state: string;
  readonly title: string;
  readonly head_digest: string;
  readonly can_be_applied: boolean;
  readonly requirements: readonly { readonly kind: string; readonly met: boolean; readonly text: string }[];
  readonly checks: readonly {
    readonly name: string;
    readonly conclusion: string | null;
    readonly required: boolean;
    readonly summary: string;
  }[];
}

/** How far a request has to come. */
export type Reached = "approved" | "applied";

export const exitCodes = { reached: 0, refused: 2, waiting: 3 } as const;

export function readRequest(answer: unknown): AnsweredRequest {
  return answer as AnsweredRequest;
}

export function exitCodeOf(request: AnsweredRequest, until: Reached): 0 | 2 | 3 {
  const { state, checks, can_be_applied: canBeApplied } = request;
  if (state === "applied" || (until === "approved" && canBeApplied)) return exitCodes.reached;
  if (["rejected", "closed", "rolled_back"].includes(state)) return exitCodes.refused;
  const failing = ["failure", "timed_out", "cancelled", "action_required"];
  if (checks.some(({ required, conclusion }) => required && failing.includes(conclusion ?? "")))
    return exitCodes.refused;
  return exitCodes.waiting;
}

export function describeRequest({ id, state, title, requirements, checks }: AnsweredRequest): string {
  // Of one that has ended nothing is missing any more.
  if (["applied", "rejected", "closed", "rolled_back"].includes(state))
    return `Request ${id} is ${state.replace("_", " ")}: ${title}`;
  const failed = checks.filter(({ conclusion }) => conclusion === "failure");
  return [
    `Request ${id} is ${state.replace("_", " ")}: ${title}`,
    ...requirements.map(({ met, text }) => `  ${met ? "✓" : "✕"} ${text}`),
    ...failed.map(({ name, summary }) => `  ${name}: ${summary}`),
  ].join("\n");
}
