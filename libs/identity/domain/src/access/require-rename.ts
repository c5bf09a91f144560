import { DomainError } from "@runweir/errors";
import type { Caller } from "../caller.ts";
import { decide, type SecuredObject } from "./decide.ts";
import { levels } from "./permission.ts";
import { requirePermission } from "./require-permission.ts";

/**
 * A name decides where patterns of grants reach, so that nobody may give themselves more by giving a thing another: it must
 * be theirs to edit under both, and theirs to do no more under the new one than under the old.
 */
export function requireRename(
  caller: Caller,
  from: Extract<SecuredObject, { readonly kind: "experiment" | "model" }>,
  newName: string,
): void {
  const to = { ...from, name: newName };
  const renamed = withOwnGrants(caller, from, newName);
  requirePermission(renamed, `${from.kind}.edit`, to);
  for (const level of levels) {
    const permission =
      from.kind === "model"
        ? (`model.${level}` as const)
        : level === "manage"
          ? "experiment.manage"
          : undefined;
    if (permission === undefined || !decide(renamed, permission, to).allowed) continue;
    if (decide(caller, permission, from).allowed) continue;
    throw new DomainError(
      "permission_denied",
      `Permission denied: ${caller.principal.name} would have ${level} permission on it by the name ${JSON.stringify(newName)}, and has none by its present one.`,
      { field: "new_name" },
    );
  }
}

/** As they will be: what came with a model they have made follows it to its new name. */
function withOwnGrants(caller: Caller, from: SecuredObject, newName: string): Caller {
  if (from.kind !== "model" || newName.includes("*")) return caller;
  const grants = caller.rights.grants.map((grant) =>
    grant.isOwn &&
    "pattern" in grant.target &&
    grant.target.on === "model" &&
    grant.target.pattern === from.name
      ? { ...grant, target: { ...grant.target, pattern: newName } }
      : grant,
  );
  return { ...caller, rights: { ...caller.rights, grants } };
}
