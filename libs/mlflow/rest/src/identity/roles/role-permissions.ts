import { DomainError } from "@runweir/errors";
import type { Caller, Directory } from "@runweir/identity-domain";
import { enterWorkspace } from "./enter-workspace.ts";
import { permissionAnswers, type RolePermission } from "./role-answer.ts";
import { ofWorkspace, permissionNotFound, roleIdOf, writePermissionId, writeRoleId } from "./role-id.ts";
import { readGranted, readResource, readWorkspaceRole, roleWithoutPermission } from "./role-permission.ts";
import type { Role, Roles } from "./roles.ts";

export interface RolePermissions {
  list(caller: Caller, roleId: string): Promise<readonly RolePermission[]>;
  add(
    caller: Caller,
    roleId: string,
    given: { readonly resourceType: string; readonly resourcePattern: string; readonly permission: string },
  ): Promise<RolePermission>;
  update(caller: Caller, permissionId: string, permission: string): Promise<RolePermission>;
  remove(caller: Caller, permissionId: string): Promise<void>;
}

/** What a role permits: grants to its group, and what that is in the workspace as a whole. */
export function createRolePermissions(
  { grants, members, workspaces }: Pick<Directory, "grants" | "members" | "workspaces">,
  roles: Pick<Roles, "get">,
): RolePermissions {
  /** As it is now. */
  async function find(caller: Caller, permissionId: string) {
    const role = await roles.get(caller, roleIdOf(permissionId));
    const permission = permissionAnswers(role).find(({ id }) => id === permissionId);
    if (permission === undefined) throw permissionNotFound(permissionId);
    const inside = await enterWorkspace(workspaces, caller, role.workspace);
    return { inside, role, permission };
  }

  function grantIdOf({ id, role_id }: RolePermission): string {
    return id.slice(role_id.length + 1);
  }

  const holderOf = ({ groupId }: Role) => ({ kind: "group", id: groupId }) as const;

  return {
    async list(caller, roleId) {
      return permissionAnswers(await roles.get(caller, roleId));
    },

    async add(caller, roleId, { resourceType, resourcePattern, permission }) {
      const role = await roles.get(caller, roleId);
      const resource = readResource(resourceType, resourcePattern);
      const inside = await enterWorkspace(workspaces, caller, role.workspace);
      let added: string = ofWorkspace;
      if (resource.on === "workspace") {
        const given = readWorkspaceRole(permission);
        if (role.role !== roleWithoutPermission)
          throw new DomainError(
            "already_exists",
            `Role with id=${writeRoleId(role)} has a permission on its workspace already`,
          );
        await members.set(inside, { ...holderOf(role), role: given });
      } else {
        const granted = readGranted(permission);
        const grant = await grants.create(inside, { ...granted, target: resource, holder: holderOf(role) });
        added = grant.grantId;
      }
      return (await find(caller, writePermissionId(role, added))).permission;
    },

    async update(caller, permissionId, given) {
      const { inside, role, permission } = await find(caller, permissionId);
      if (permission.resource_type === "workspace")
        await members.set(inside, { ...holderOf(role), role: readWorkspaceRole(given) });
      else await grants.update(inside, { grantId: grantIdOf(permission), ...readGranted(given) });
      return (await find(caller, permissionId)).permission;
    },

    async remove(caller, permissionId) {
      const { inside, role, permission } = await find(caller, permissionId);
      if (permission.resource_type === "workspace")
        await members.set(inside, { ...holderOf(role), role: roleWithoutPermission });
      else await grants.delete(inside, grantIdOf(permission));
    },
  };
}
