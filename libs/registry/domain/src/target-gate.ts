import type { Caller } from "@runweir/identity-domain";
import type { Target, TargetMove } from "./target.ts";

/** Moves of targets of one model. */
export interface GatedMoves {
  readonly model: string;
  readonly moves: readonly TargetMove[];
}

/**
 * Asked before targets of a model are moved by those who do not come from a review. Rejects with a DomainError that names
 * what protects the target and the way there is instead.
 */
export interface TargetGate {
  check(caller: Caller, request: GatedMoves): Promise<void>;
  /** Asked before a model gets another name, since what protects its targets goes by names. Without it, all may be renamed. */
  checkRename?(
    caller: Caller,
    rename: { readonly model: string; readonly newName: string; readonly targets: readonly Target[] },
  ): Promise<void>;
  /**
   * Why `check` would refuse, for each of many; `undefined` where it would not. Nothing is written or opened: bulk moves are
   * planned with it. Without it, bulk moves ask `check`.
   */
  explain?(caller: Caller, requests: readonly GatedMoves[]): Promise<readonly (string | undefined)[]>;
}
