import type { Caller } from "../caller.ts";
import { matchesPattern } from "./name-pattern.ts";
import { type Level, type Permission, permissions, type Requirement, reaches } from "./permission.ts";
import { type Grant, type GrantTarget, holdsRole, type Rights, roleLevels } from "./rights.ts";

/** What a question is about; without one it is whether there may be anything at all that the caller may do this to. */
export type SecuredObject =
  | { readonly kind: "experiment"; readonly experimentId: string; readonly name: string }
  | { readonly kind: "model"; readonly name: string }
  | { readonly kind: "alias"; readonly model: string; readonly alias: string };

export type Decision = {
  readonly allowed: boolean;
  /**
   * A clause for people: `ann has no edit permission on experiment 7`. It tells of the object what whoever asks has said
   * themselves; an experiment's name may be known to none but those who may read it.
   */
  readonly reason: string;
  /** The grants that decided. */
  readonly grants: readonly Grant[];
};

/**
 * The one place that answers "may they?". What is not allowed is denied; a grant that denies wins over every one that
 * allows and over the role, though not over administrators of the server; a token never allows more than its scope.
 */
export function decide(caller: Caller, permission: Permission, object?: SecuredObject): Decision {
  const requirement: Requirement = permissions[permission];
  const { rights, principal } = caller;
  const no = (reason: string, grants: readonly Grant[] = []): Decision => ({
    allowed: false,
    reason,
    grants,
  });
  const yes = (reason: string, grants: readonly Grant[] = []): Decision => ({
    allowed: true,
    reason,
    grants,
  });

  if (requirement.of === "nobody") return yes("everybody may");
  if (principal.kind === "anonymous") return no("nobody is signed in");
  const outside = outsideScope(rights, permission, requirement, object);
  if (outside !== undefined) return no(outside);
  if (requirement.of === "account") return yes(`${principal.name} is signed in`);
  if (rights.administrator) return yes(`${principal.name} is an administrator of the server`);
  if (requirement.of === "server") return no(`${principal.name} is not an administrator of the server`);
  if (requirement.of === "workspace") {
    if (rights.role !== undefined && holdsRole(rights.role, requirement.rank))
      return yes(`${principal.name} is ${rights.role} of workspace '${caller.workspace}'`);
    return no(
      rights.role === undefined
        ? `${principal.name} does not belong to workspace '${caller.workspace}'`
        : `${principal.name} is ${rights.role} of workspace '${caller.workspace}', and that takes ${requirement.rank}`,
    );
  }

  if (requirement.of === "alias") {
    if (object?.kind !== "alias") {
      const own = rights.grants.filter((grant) => grant.effect === "allow" && grant.target.on === "alias");
      return own.length > 0 ? yes("there may be something", own) : decide(caller, "model.edit");
    }
    return decideAlias(caller, object.model, object.alias);
  }
  const { level } = requirement;
  if (object === undefined) {
    const byRole = rights.role !== undefined && holds(roleLevels[rights.role], level);
    const allowing = rights.grants.filter(
      (grant) =>
        grant.effect === "allow" && grant.target.on === requirement.of && reaches(grant.level, level),
    );
    if (byRole || allowing.length > 0) return yes("there may be something", allowing);
    return no(`${principal.name} has no ${level} permission on any ${requirement.of}`);
  }
  const about =
    object.kind === "experiment" ? `experiment ${object.experimentId}` : `model '${nameOf(object)}'`;
  const matching = rights.grants.filter((grant) => covers(grant.target, object));
  const denying = matching.filter((grant) => grant.effect === "deny" && reaches(level, grant.level));
  if (denying.length > 0) return no(`a grant denies ${principal.name} to ${level} ${about}`, denying);
  const allowing = matching.filter((grant) => grant.effect === "allow" && reaches(grant.level, level));
  if (allowing.length > 0) return yes(`a grant allows ${principal.name} to ${level} ${about}`, allowing);
  if (rights.role !== undefined && holds(roleLevels[rights.role], level))
    return yes(`${principal.name} is ${rights.role} of workspace '${caller.workspace}'`);
  return no(`${principal.name} has no ${level} permission on ${about}`);
}

/** An alias that is not protected moves with an edit; a protected one takes `production`, or a grant of its own. */
function decideAlias(caller: Caller, model: string, alias: string): Decision {
  const object: SecuredObject = { kind: "alias", model, alias };
  const { rights, principal } = caller;
  const own = rights.grants.filter((grant) => covers(grant.target, object));
  const denying = own.filter((grant) => grant.effect === "deny");
  if (denying.length > 0)
    return {
      allowed: false,
      reason: `a grant denies ${principal.name} to move alias '${alias}' of '${model}'`,
      grants: denying,
    };
  const readable = decide(caller, "model.read", { kind: "model", name: model });
  if (!readable.allowed) return readable;
  if (own.length > 0)
    return {
      allowed: true,
      reason: `a grant allows ${principal.name} to move alias '${alias}' of '${model}'`,
      grants: own,
    };
  const isProtected = rights.protectedAliases.some((pattern) => matchesPattern(pattern, `${model}@${alias}`));
  return decide(caller, isProtected ? "model.production" : "model.edit", { kind: "model", name: model });
}

/** Whether a token was not made for this, in words; undefined when it was, or none was used. */
function outsideScope(
  { scope }: Rights,
  permission: Permission,
  requirement: Requirement,
  object: SecuredObject | undefined,
): string | undefined {
  if (scope === undefined || requirement.of === "account") return undefined;
  const { access, experimentIds, workspace } = scope;
  if (access === "ingest" && !("logs" in requirement && requirement.logs))
    return `this token is for logging only, and that takes ${permission}`;
  const reads =
    (requirement.of === "experiment" || requirement.of === "model"
      ? requirement.level === "read" && !("writes" in requirement && requirement.writes)
      : requirement.of === "workspace" && requirement.rank === "viewer" && !requirement.writes) ||
    permission === "server.read";
  if (access === "read" && !reads) return `this token is for reading only, and that takes ${permission}`;
  if (workspace !== undefined && requirement.of === "server")
    return `this token is for workspace '${workspace}' only, and that takes ${permission}`;
  if (experimentIds === undefined) return undefined;
  const which = experimentIds.length === 1 ? `experiment ${experimentIds[0]}` : "some experiments";
  if (requirement.of !== "experiment") return `this token is for ${which} only, and that takes ${permission}`;
  if (object === undefined) return undefined;
  return object.kind === "experiment" && experimentIds.includes(object.experimentId)
    ? undefined
    : `this token is for ${which} only`;
}

export function covers(target: GrantTarget, object: SecuredObject): boolean {
  if (target.on !== object.kind) return false;
  if ("experimentId" in target)
    return object.kind === "experiment" && target.experimentId === object.experimentId;
  return matchesPattern(target.pattern, nameOf(object));
}

function nameOf(object: SecuredObject): string {
  return object.kind === "alias" ? `${object.model}@${object.alias}` : object.name;
}

function holds(held: Level | undefined, asked: Level): boolean {
  return held !== undefined && reaches(held, asked);
}
