import type { Caller } from "../caller.ts";
import { decide } from "./decide.ts";
import { reaches } from "./permission.ts";
import { roleLevels } from "./rights.ts";

/**
 * Which objects of a kind a caller may read, as a condition that searches take along: those that `allow` names (all of them,
 * if it says so) and `deny` does not.
 */
export type ObjectFilter =
  | "all"
  | {
      readonly allow: "all" | ObjectNames;
      readonly deny: ObjectNames;
      /** Of these experiments only, whatever is allowed: a token's scope. */
      readonly within?: readonly string[] | undefined;
    };

export interface ObjectNames {
  /** Of experiments. */
  readonly ids: readonly string[];
  /** As in grants: `*` stands for any text. */
  readonly patterns: readonly string[];
}

const nobody: ObjectNames = { ids: [], patterns: [] };

/** The same answer as `decide(caller, "<kind>.read", object)` for each object, in one condition. */
export function readable(caller: Caller, kind: "experiment" | "model"): ObjectFilter {
  const { rights } = caller;
  if (!decide(caller, `${kind}.read`).allowed) return { allow: nobody, deny: nobody };
  const byRole = rights.administrator || (rights.role !== undefined && roleLevels[rights.role] !== undefined);
  const deny = rights.administrator ? nobody : named(caller, kind, "deny");
  const allow = byRole ? "all" : named(caller, kind, "allow");
  const within = rights.scope?.experimentIds;
  const isAll =
    allow === "all" && within === undefined && deny.ids.length === 0 && deny.patterns.length === 0;
  return isAll ? "all" : { allow, deny, within };
}

function named(caller: Caller, kind: "experiment" | "model", effect: "allow" | "deny"): ObjectNames {
  const targets = caller.rights.grants
    .filter((grant) => grant.effect === effect && grant.target.on === kind)
    // Only a denied read denies reading; every level that is allowed holds it.
    .filter((grant) => effect === "allow" || reaches("read", grant.level))
    .map((grant) => grant.target);
  return {
    ids: targets.flatMap((target) => ("experimentId" in target ? [target.experimentId] : [])),
    patterns: targets.flatMap((target) => ("pattern" in target ? [target.pattern] : [])),
  };
}
