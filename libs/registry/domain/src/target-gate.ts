import type { Caller } from "@runweir/identity-domain";
import type { TargetMove } from "./target.ts";

/**
 * Asked before targets of a model are moved by those who do not come from a review. Rejects with a DomainError that names
 * what protects the target and the way there is instead.
 */
export interface TargetGate {
  check(
    caller: Caller,
    request: { readonly model: string; readonly moves: readonly TargetMove[] },
  ): Promise<void>;
}
