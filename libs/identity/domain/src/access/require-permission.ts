import { DomainError } from "@runweir/errors";
import type { Caller } from "../caller.ts";
import { decide, type SecuredObject } from "./decide.ts";
import type { Permission } from "./permission.ts";
import type { Rights } from "./rights.ts";

/** What rights were found to allow before anything was known about the object: each request of the same caller asks that again. */
const allowedSomewhere = new WeakMap<Rights, Set<Permission>>();

/** Throws `unauthenticated` for nobody, and `permission_denied` with the reason for whoever may not. */
export function requirePermission(caller: Caller, permission: Permission, object?: SecuredObject): void {
  const isKept = object === undefined && caller.principal.kind !== "anonymous";
  const kept = isKept ? allowedSomewhere.get(caller.rights) : undefined;
  if (kept?.has(permission)) return;
  const decision = decide(caller, permission, object);
  if (decision.allowed) {
    if (isKept) allowedSomewhere.set(caller.rights, (kept ?? new Set()).add(permission));
    return;
  }
  if (caller.principal.kind === "anonymous")
    throw new DomainError("unauthenticated", "You are not signed in.");
  throw new DomainError("permission_denied", `Permission denied: ${decision.reason}.`);
}
