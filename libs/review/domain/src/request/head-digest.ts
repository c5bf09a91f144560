import { createHash } from "node:crypto";
import { type Move, nameTarget } from "./review-request.ts";

/**
 * What an approval is of: candidates, the runs that speak for them, and the rules. The base is not in it: when that moves,
 * checks run again and approvals stay.
 */
export interface Head {
  readonly moves: readonly Pick<Move, "target" | "to">[];
  /** Of each candidate, in the order of the moves: where it came from, so that a number that means something else is noticed. */
  readonly sources: readonly string[];
  readonly evaluationRunIds: readonly string[];
  /** Revision of the policies, and the name of the one that matched. */
  readonly policy: string;
}

export function digestHead(head: Head): string {
  return digest([
    head.moves.map(({ target, to }) => [target.kind, nameTarget(target), to ?? null]),
    head.sources,
    head.evaluationRunIds.toSorted(),
    head.policy,
  ]);
}

export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
