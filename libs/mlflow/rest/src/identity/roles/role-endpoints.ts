import { DomainError } from "@runweir/errors";
import { defineEndpoint, type Endpoint } from "../../endpoint.ts";
import { readText } from "../../wire/field-values.ts";
import { message, optional, repeated, required } from "../../wire/message.ts";
import type { PeopleServices } from "../user-endpoints.ts";
import { roleAnswer } from "./role-answer.ts";
import { readRoleId } from "./role-id.ts";
import { createRolePermissions } from "./role-permissions.ts";
import { createRoles } from "./roles.ts";

const role = { roleId: required(readRoleId) };
const permissionOfRole = { rolePermissionId: required(readRoleId) };
const assignment = { username: required(readText), ...role };

/** Roles as MLflow's client manages them. */
export function roleEndpoints({ users, directory }: Pick<PeopleServices, "users" | "directory">) {
  const roles = createRoles({ directory, users });
  const permissions = createRolePermissions(directory, roles);
  const assignmentAnswer = (userId: string, roleId: string) => ({
    id: `${roleId}/${userId}`,
    user_id: userId,
    role_id: roleId,
  });

  return [
    defineEndpoint({
      methods: ["POST"],
      path: "roles/create",
      permission: "server.manage",
      request: message({
        workspace: required(readText),
        name: required(readText),
        description: optional(readText),
      }),
      answer: async (draft, { caller }) => ({ role: roleAnswer(await roles.create(caller, draft)) }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "roles/get",
      permission: "workspace.manage",
      request: message(role),
      answer: async ({ roleId }, { caller }) => ({ role: roleAnswer(await roles.get(caller, roleId)) }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "roles/list",
      permission: "workspace.manage",
      request: message({ workspace: repeated(readText) }),
      answer: async ({ workspace }, { caller }) => ({
        roles: (await roles.list(caller, workspace)).map(roleAnswer),
      }),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "roles/update",
      permission: "server.manage",
      request: message({ ...role, name: optional(readText), description: optional(readText) }),
      async answer({ roleId, ...changes }, { caller }) {
        if (changes.name === undefined && changes.description === undefined)
          throw new DomainError(
            "invalid_argument",
            "At least one of 'name' or 'description' must be provided to update a role.",
          );
        return { role: roleAnswer(await roles.update(caller, roleId, changes)) };
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "roles/delete",
      permission: "server.manage",
      request: message(role),
      answer: ({ roleId }, { caller }) => roles.delete(caller, roleId),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "roles/permissions/add",
      permission: "workspace.manage",
      request: message({
        ...role,
        resourceType: required(readText),
        resourcePattern: required(readText),
        permission: required(readText),
      }),
      answer: async ({ roleId, ...given }, { caller }) => ({
        role_permission: await permissions.add(caller, roleId, given),
      }),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "roles/permissions/remove",
      permission: "workspace.manage",
      request: message(permissionOfRole),
      answer: ({ rolePermissionId }, { caller }) => permissions.remove(caller, rolePermissionId),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "roles/permissions/list",
      permission: "workspace.manage",
      request: message(role),
      answer: async ({ roleId }, { caller }) => ({
        role_permissions: await permissions.list(caller, roleId),
      }),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "roles/permissions/update",
      permission: "workspace.manage",
      request: message({ ...permissionOfRole, permission: required(readText) }),
      answer: async ({ rolePermissionId, permission }, { caller }) => ({
        role_permission: await permissions.update(caller, rolePermissionId, permission),
      }),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "roles/assign",
      permission: "server.manage",
      request: message(assignment),
      answer: async ({ username, roleId }, { caller }) => ({
        assignment: assignmentAnswer((await roles.assign(caller, roleId, username)).id, roleId),
      }),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "roles/unassign",
      permission: "server.manage",
      request: message(assignment),
      answer: ({ username, roleId }, { caller }) => roles.unassign(caller, roleId, username),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "roles/users/list",
      permission: "workspace.manage",
      request: message(role),
      answer: async ({ roleId }, { caller }) => ({
        assignments: (await roles.listUsers(caller, roleId)).map(({ id }) => assignmentAnswer(id, roleId)),
      }),
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "users/roles/list",
      permission: "account",
      request: message({ username: required(readText) }),
      answer: async ({ username }, { caller }) => ({
        roles: (await roles.listOfUser(caller, username)).map(roleAnswer),
      }),
    }),
  ] satisfies readonly Endpoint[];
}
