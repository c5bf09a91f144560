import { DomainError } from "@runweir/errors";
import type { Caller } from "../caller.ts";
import { decide, type SecuredObject } from "./decide.ts";
import type { Permission } from "./permission.ts";

/** Throws `unauthenticated` for nobody, and `permission_denied` with the reason for whoever may not. */
export function requirePermission(caller: Caller, permission: Permission, object?: SecuredObject): void {
  const decision = decide(caller, permission, object);
  if (decision.allowed) return;
  if (caller.principal.kind === "anonymous")
    throw new DomainError("unauthenticated", "You are not signed in.");
  throw new DomainError("permission_denied", `Permission denied: ${decision.reason}.`);
}
