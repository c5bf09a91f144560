import { DomainError } from "@runweir/errors";
import { type ReadValue, readId } from "../../wire/field-values.ts";

/** A role is a group as one workspace sees it. */
export interface RoleKey {
  readonly workspace: string;
  readonly groupId: string;
}

/** Names what a role permits on its workspace, beside the ids of grants. */
export const ofWorkspace = "workspace";

/** MLflow numbers roles; its clients send back whatever they were given. */
export const readRoleId: ReadValue<string> = (value, at) =>
  typeof value === "number" ? String(value) : readId(value, at);

export function writeRoleId({ workspace, groupId }: RoleKey): string {
  return `${workspace}/${groupId}`;
}

export function parseRoleId(id: string): RoleKey {
  const [workspace, groupId, ...rest] = id.split("/");
  if (workspace && groupId && rest.length === 0) return { workspace, groupId };
  throw roleNotFound(id);
}

/** `permission` is the id of a grant to the role's group, or `ofWorkspace`. */
export function writePermissionId(role: RoleKey, permission: string): string {
  return `${writeRoleId(role)}/${permission}`;
}

export function roleIdOf(permissionId: string): string {
  return permissionId.slice(0, Math.max(permissionId.lastIndexOf("/"), 0));
}

export function roleNotFound(id: string): DomainError {
  return new DomainError("not_found", `Role with id=${id} not found`, { field: "role_id" });
}

export function permissionNotFound(id: string): DomainError {
  return new DomainError("not_found", `Role permission with id=${id} not found`, {
    field: "role_permission_id",
  });
}
