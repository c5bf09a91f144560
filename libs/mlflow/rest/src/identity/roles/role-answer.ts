import { ofWorkspace, writePermissionId, writeRoleId } from "./role-id.ts";
import { writeGranted, writeResource, writeWorkspaceRole } from "./role-permission.ts";
import type { Role } from "./roles.ts";

/** What a role permits, as MLflow tells it. */
export interface RolePermission {
  readonly id: string;
  readonly role_id: string;
  readonly resource_type: string;
  readonly resource_pattern: string;
  readonly permission: string;
}

export function permissionAnswers(role: Role): readonly RolePermission[] {
  const role_id = writeRoleId(role);
  const onWorkspace = writeWorkspaceRole(role.role);
  const answers: RolePermission[] = [];
  if (onWorkspace !== undefined)
    answers.push({
      id: writePermissionId(role, ofWorkspace),
      role_id,
      resource_type: "workspace",
      resource_pattern: "*",
      permission: onWorkspace,
    });
  for (const grant of role.grants) {
    const resource = writeResource(grant.target);
    if (resource === undefined) continue;
    const id = writePermissionId(role, grant.grantId);
    answers.push({ id, role_id, ...resource, permission: writeGranted(grant) });
  }
  return answers;
}

export function roleAnswer(role: Role) {
  return {
    id: writeRoleId(role),
    name: role.name,
    workspace: role.workspace,
    description: role.description,
    permissions: permissionAnswers(role),
  };
}
