import { DomainError } from "@runweir/errors";
import { covers, decide, type SecuredObject } from "../access/decide.ts";
import { type Level, type Permission, permissions, reaches } from "../access/permission.ts";
import { requirePermission } from "../access/require-permission.ts";
import {
  type Grant,
  holdsRole,
  noRights,
  type Rights,
  roleLevels,
  workspaceRoles,
} from "../access/rights.ts";
import type { Caller } from "../caller.ts";
import type { DirectoryParts } from "./directory.ts";
import type { Holder, HolderId, RoleSource } from "./directory-records.ts";

export interface Explanation {
  readonly principal: Holder;
  readonly allowed: boolean;
  /** A clause for people. */
  readonly reason: string;
  /** All that was looked at, in the order in which it is asked; the first that says something has decided. */
  readonly considered: readonly Consideration[];
}

export type Consideration = {
  readonly effect: "allow" | "deny" | "nothing";
  /** Whether it was this that decided. */
  readonly decides: boolean;
} & (
  | { readonly kind: "account" | "administrator" }
  | { readonly kind: "grant"; readonly grant: Grant }
  | { readonly kind: "role"; readonly source: RoleSource }
  /** Denied unless something allows. */
  | { readonly kind: "otherwise" }
);

type Considered = Consideration extends infer C
  ? C extends Consideration
    ? Omit<C, "decides">
    : never
  : never;

export interface AccessExplainer {
  /** About oneself, or about anybody for who manages the workspace. Tokens are left out: they only ever narrow. */
  explain(
    caller: Caller,
    question: {
      readonly principal: HolderId & { readonly kind: "user" | "service-account" };
      readonly permission: Permission;
      readonly object?: SecuredObject | undefined;
    },
  ): Promise<Explanation>;
}

export function createAccessExplainer({
  store: { holders, members },
  rights: rightsReader,
  experimentNames,
}: Pick<DirectoryParts, "store" | "rights" | "experimentNames">): AccessExplainer {
  return {
    async explain(caller, { principal, permission, object: asked }) {
      const isSelf = caller.principal.kind === principal.kind && caller.principal.id === principal.id;
      requirePermission(caller, isSelf ? "account" : "workspace.manage");
      const holder = await holders.find(principal);
      if (holder === undefined)
        throw new DomainError("not_found", `There is no ${principal.kind} '${principal.id}'.`, {
          field: "principal",
        });
      const object = asked === undefined ? undefined : await withName(caller, asked);
      const read = await rightsReader.read(principal, caller.workspace);
      const rights: Rights = {
        ...(read ?? noRights),
        administrator: principal.kind === "user" && (await holders.isAdministrator(principal.id)),
      };
      const subject: Caller = {
        ...caller,
        principal: { ...principal, name: holder.name },
        rights,
        origin: undefined,
      };
      const decision = holder.isDisabled
        ? { allowed: false, reason: `${holder.name} is disabled` }
        : decide(subject, permission, object);
      const sources = await members.rolesOf(caller.workspace, principal);
      const considered = consider({ holder, rights, sources, permission, object });
      return {
        principal: holder,
        allowed: decision.allowed,
        reason: decision.reason,
        considered: markDeciding(considered, decision.allowed),
      };
    },
  };

  /** Patterns go by what an experiment is called, not by what somebody says that it is. */
  async function withName(caller: Caller, object: SecuredObject): Promise<SecuredObject> {
    if (object.kind !== "experiment") return object;
    const name = (await experimentNames(caller.workspace, [object.experimentId])).get(object.experimentId);
    if (name !== undefined) return { ...object, name };
    throw new DomainError("not_found", `There is no experiment ${object.experimentId}.`, {
      field: "object.experimentId",
    });
  }
}

/** Everything that could say something, in the order of `decide`. */
function consider(about: {
  readonly holder: Holder;
  readonly rights: Rights;
  readonly sources: readonly RoleSource[];
  readonly permission: Permission;
  readonly object: SecuredObject | undefined;
}): readonly Considered[] {
  const { holder, rights, sources, permission, object } = about;
  const list: Considered[] = [
    { kind: "account", effect: holder.isDisabled ? "deny" : "nothing" },
    { kind: "administrator", effect: rights.administrator ? "allow" : "nothing" },
  ];
  const roles = [...sources].sort(
    (one, other) => workspaceRoles.indexOf(other.role) - workspaceRoles.indexOf(one.role),
  );
  const requirement = permissions[permission];
  if (requirement.of === "alias" && object?.kind === "alias") {
    const own = rights.grants.filter((grant) => covers(grant.target, object));
    list.push(...own.filter(({ effect }) => effect === "deny").map(asConsidered));
    list.push(...own.filter(({ effect }) => effect === "allow").map(asConsidered));
  }
  const level = levelOf(permission, rights, object);
  if (level !== undefined) {
    const target: SecuredObject | undefined =
      object?.kind === "alias" ? { kind: "model", name: object.model } : object;
    const on = requirement.of === "experiment" ? "experiment" : "model";
    const matching = rights.grants.filter(({ target: reach }) =>
      target === undefined ? reach.on === on : covers(reach, target),
    );
    for (const effect of ["deny", "allow"] as const) {
      const said = matching.filter((grant) => grant.effect === effect);
      const says = (grant: Grant) =>
        effect === "deny" ? target !== undefined && reaches(level, grant.level) : reaches(grant.level, level);
      list.push(...said.filter(says).map(asConsidered));
      list.push(...said.filter((grant) => !says(grant)).map(asSilent));
    }
  }
  for (const source of roles)
    list.push({ kind: "role", source, effect: roleAllows(source, permission, level) ? "allow" : "nothing" });
  list.push({ kind: "otherwise", effect: "deny" });
  return list;
}

/** The level that an object must be held on; aliases take that of their model. */
function levelOf(
  permission: Permission,
  rights: Rights,
  object: SecuredObject | undefined,
): Level | undefined {
  const requirement = permissions[permission];
  if (requirement.of === "experiment" || requirement.of === "model") return requirement.level;
  if (requirement.of !== "alias") return undefined;
  if (object?.kind !== "alias") return "edit";
  const isProtected = rights.protectedAliases.some((pattern) => covers({ on: "alias", pattern }, object));
  return isProtected ? "production" : "edit";
}

function roleAllows({ role }: RoleSource, permission: Permission, level: Level | undefined): boolean {
  if (level !== undefined) {
    const held = roleLevels[role];
    return held !== undefined && reaches(held, level);
  }
  const requirement = permissions[permission];
  if (requirement.of !== "workspace") return false;
  return holdsRole(role, requirement.rank);
}

/** The first that says what was decided, whatever else speaks for or against it. */
function markDeciding(considered: readonly Considered[], allowed: boolean): readonly Consideration[] {
  const deciding = considered.findIndex(({ effect }) => effect === (allowed ? "allow" : "deny"));
  return considered.map((one, place) => ({ ...one, decides: place === deciding }) as Consideration);
}

function asConsidered(grant: Grant): Considered {
  return { kind: "grant", grant, effect: grant.effect };
}

function asSilent(grant: Grant): Considered {
  return { kind: "grant", grant, effect: "nothing" };
}
