import { DomainError } from "@runweir/errors";
import type { Caller } from "./caller.ts";

/** What a route can ask for. A route that declares none of these does not start. */
export const permissions = [
  /** Health, version, static pages: no data of anybody. */
  "public",
  "experiment.read",
  "experiment.edit",
  "experiment.manage",
  "model.read",
  "model.edit",
  "model.manage",
  "artifact.read",
  "artifact.edit",
  "server.read",
  "server.manage",
] as const;

export type Permission = (typeof permissions)[number];

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** The one place that answers "may they?". Doors ask it; services and stores never do. */
export interface Authorizer {
  decide(caller: Caller, permission: Permission): Decision;
}

/** The policy until identity is configured: the local owner, and the system itself, may do everything. */
export const localOwnerPolicy: Authorizer = {
  decide(caller, permission) {
    if (permission === "public") return { allowed: true };
    const { kind } = caller.principal;
    if (kind === "local-owner" || kind === "system") return { allowed: true };
    return { allowed: false, reason: `${caller.principal.name} has no ${permission} permission` };
  },
};

/** Throws `permission_denied` with the reason of the policy. */
export function requirePermission(authorizer: Authorizer, caller: Caller, permission: Permission): void {
  const decision = authorizer.decide(caller, permission);
  if (!decision.allowed) throw new DomainError("permission_denied", `Permission denied: ${decision.reason}.`);
}
