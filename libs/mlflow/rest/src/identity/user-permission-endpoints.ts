import { DomainError } from "@runweir/errors";
import {
  type GrantTarget,
  type Permission,
  requirePermission,
  type SecuredObject,
} from "@runweir/identity-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { readText } from "../wire/field-values.ts";
import { message, required } from "../wire/message.ts";
import type { NamedPermission } from "./named-permission.ts";
import { modelTarget, type ObjectGrants, requireUser } from "./object-grants.ts";
import { isSelf, type PeopleServices } from "./user-endpoints.ts";

const resource = {
  username: required(readText),
  resourceType: required(readText),
  resourceId: required(readText),
};

/** What clients of MLflow 3 ask: one permission of one user on one resource. */
export function userPermissionEndpoints(
  grants: ObjectGrants,
  { users, directory }: Pick<PeopleServices, "users" | "directory">,
): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "users/permissions/grant",
      permission: "account",
      request: message({ ...resource, permission: required(readText) }),
      answer: ({ username, permission, ...named }, { caller }) =>
        grants.put(caller, username, targetOf(named), permission),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "users/permissions/revoke",
      permission: "account",
      request: message(resource),
      answer: ({ username, ...named }, { caller }) => grants.delete(caller, username, targetOf(named)),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "users/permissions/get",
      permission: "account",
      request: message(resource),
      async answer({ username, ...named }, { caller }) {
        if (!isSelf(caller, username)) requirePermission(caller, "workspace.manage");
        const user = await requireUser(users, username);
        const object = objectOf(targetOf(named));
        let permission: NamedPermission = "NO_PERMISSIONS";
        for (const [name, asked] of levelsOf(object)) {
          const { allowed } = await directory.access.explain(caller, {
            principal: { kind: "user", id: user.id },
            permission: asked,
            object,
          });
          if (!allowed) break;
          permission = name;
        }
        // Who may read here may use.
        return { allowed: permission !== "NO_PERMISSIONS", permission };
      },
    }),
  ];
}

function levelsOf({ kind }: SecuredObject): readonly (readonly [NamedPermission, Permission])[] {
  return kind === "experiment"
    ? [
        ["READ", "experiment.read"],
        ["EDIT", "experiment.edit"],
        ["MANAGE", "experiment.manage"],
      ]
    : [
        ["READ", "model.read"],
        ["EDIT", "model.edit"],
        ["MANAGE", "model.manage"],
      ];
}

function objectOf(target: GrantTarget): SecuredObject {
  // The name is looked up by who explains.
  if ("experimentId" in target) return { kind: "experiment", experimentId: target.experimentId, name: "" };
  return { kind: "model", name: target.pattern };
}

function targetOf(named: { readonly resourceType: string; readonly resourceId: string }): GrantTarget {
  const { resourceType, resourceId } = named;
  if (resourceType === "experiment") return { on: "experiment", experimentId: resourceId };
  if (resourceType === "registered_model") return modelTarget(resourceId);
  throw new DomainError(
    "invalid_argument",
    `resource_type is '${resourceType}'; allowed are experiment and registered_model.`,
    { field: "resource_type" },
  );
}
