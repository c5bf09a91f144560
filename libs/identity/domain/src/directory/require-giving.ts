import { DomainError } from "@runweir/errors";
import { decide } from "../access/decide.ts";
import { type Level, reaches } from "../access/permission.ts";
import { requirePermission } from "../access/require-permission.ts";
import type { GrantTarget } from "../access/rights.ts";
import type { Caller } from "../caller.ts";
import { mayOverlap } from "./may-overlap.ts";

/**
 * Nobody gives more than they have. Who manages the workspace may give on everything that nothing denies them; others on
 * exactly the experiment or model that they manage. `level` is what is given, or `manage` for what is taken away.
 */
export function requireGiving(
  caller: Caller,
  target: GrantTarget,
  level: Level,
  experimentName: (experimentId: string) => string | undefined,
): void {
  if (!decide(caller, "workspace.manage").allowed) {
    requireManaging(caller, target, experimentName);
    return;
  }
  if (caller.rights.administrator) return;
  const denied = caller.rights.grants.find(
    (grant) =>
      grant.effect === "deny" &&
      (grant.target.on === "alias" || reaches(neededFor(target, level), grant.level)) &&
      mayOverlap(grant.target, target, experimentName),
  );
  if (denied === undefined) return;
  throw new DomainError(
    "permission_denied",
    `Permission denied: nobody gives more than they have, and a grant denies ${caller.principal.name} ${denied.level} on ${describeTarget(denied.target)}.`,
    { reason: "denied_grant" },
  );
}

/** A grant on an alias moves it even where it is protected. */
function neededFor(target: GrantTarget, level: Level): Level {
  return target.on === "alias" && !reaches(level, "production") ? "production" : level;
}

function requireManaging(
  caller: Caller,
  target: GrantTarget,
  experimentName: (experimentId: string) => string | undefined,
): void {
  if ("experimentId" in target) {
    const name = experimentName(target.experimentId);
    // The same words as for one that is there: who may not see it learns nothing.
    requirePermission(caller, "experiment.manage", {
      kind: "experiment",
      experimentId: target.experimentId,
      name: name ?? "",
    });
    return;
  }
  const at = target.pattern.lastIndexOf("@");
  const model = target.on === "alias" && at > 0 ? target.pattern.slice(0, at) : target.pattern;
  if (target.on !== "experiment" && !target.pattern.includes("*")) {
    requirePermission(caller, "model.manage", { kind: "model", name: model });
    return;
  }
  if (caller.principal.kind === "anonymous") requirePermission(caller, "workspace.manage");
  throw new DomainError(
    "permission_denied",
    `Permission denied: a grant on ${describeTarget(target)} reaches whatever will match, and that takes an admin of the workspace. On one experiment or model whoever manages it may give some.`,
  );
}

export function describeTarget(target: GrantTarget): string {
  if ("experimentId" in target) return `experiment ${target.experimentId}`;
  const words = { experiment: "experiments", model: "models", alias: "aliases" }[target.on];
  return target.pattern === "*" ? `all ${words}` : `${words} named '${target.pattern}'`;
}
