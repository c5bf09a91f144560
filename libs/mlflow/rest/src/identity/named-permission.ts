import { DomainError } from "@runweir/errors";
import type { Grant, Level } from "@runweir/identity-domain";

/** MLflow's names for what one may do, least first; `DENY` is what MLflow 3 calls what MLflow 2 had no permissions for. */
const names = ["DENY", "NO_PERMISSIONS", "READ", "USE", "EDIT", "MANAGE"] as const;
export type NamedPermission = (typeof names)[number];

/** Whoever may read here may also use: MLflow's `USE` is about gateways, and between the two there is nothing of ours. */
const grants: Readonly<Record<NamedPermission, Pick<Grant, "effect" | "level">>> = {
  DENY: { effect: "deny", level: "read" },
  NO_PERMISSIONS: { effect: "deny", level: "read" },
  READ: { effect: "allow", level: "read" },
  USE: { effect: "allow", level: "read" },
  EDIT: { effect: "allow", level: "edit" },
  MANAGE: { effect: "allow", level: "manage" },
};

export function grantOf(permission: string): Pick<Grant, "effect" | "level"> {
  const name = names.find((one) => one === permission);
  if (name !== undefined) return grants[name];
  throw new DomainError(
    "invalid_argument",
    `Invalid permission '${permission}'. Valid permissions are: ${names.join(", ")}`,
    { field: "permission" },
  );
}

/** The name that comes nearest, and never says more than is granted. */
export function nameOf({ effect, level }: Pick<Grant, "effect" | "level">): NamedPermission {
  if (effect === "deny") return level === "read" ? "NO_PERMISSIONS" : nameBelow(level);
  return level === "manage" ? "MANAGE" : level === "read" ? "READ" : "EDIT";
}

/** Denied from this level on, what remains is at most the one before. */
function nameBelow(level: Level): NamedPermission {
  return level === "edit" ? "READ" : "EDIT";
}
