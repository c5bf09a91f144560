import type { Caller } from "../caller.ts";

/** Whether a caller may do the same to every experiment, or model, of the workspace, so that nobody has to look which it is. */
export function isAlikeForAll({ rights }: Caller, kind: "experiment" | "model"): boolean {
  if (rights.scope?.experimentIds !== undefined) return false;
  return rights.administrator || rights.grants.every((grant) => grant.target.on !== kind);
}

/** Whether the names of experiments decide anything, or their ids alone do. */
export function goesByName({ rights }: Caller): boolean {
  return (
    !rights.administrator &&
    rights.grants.some((grant) => grant.target.on === "experiment" && "pattern" in grant.target)
  );
}
