import { DomainError } from "@runweir/errors";
import {
  type Caller,
  type Directory,
  decide,
  defaultWorkspace,
  type Holder,
  requirePermission,
  type StoredGrant,
  type User,
  type Users,
  type WorkspaceRole,
} from "@runweir/identity-domain";
import { requireUser } from "../object-grants.ts";
import { readAll } from "../read-all.ts";
import { isSelf } from "../user-endpoints.ts";
import { enterWorkspace } from "./enter-workspace.ts";
import { parseRoleId, type RoleKey, roleNotFound } from "./role-id.ts";
import { roleWithoutPermission } from "./role-permission.ts";

/** A group as MLflow sees one: in one workspace, with what it permits there. */
export interface Role extends RoleKey {
  readonly name: string;
  readonly description: string;
  /** Of the group in the workspace. */
  readonly role: WorkspaceRole;
  /** The oldest first. */
  readonly grants: readonly StoredGrant[];
}

export interface Roles {
  get(caller: Caller, id: string): Promise<Role>;
  /** Of these workspaces; of all for administrators of the server who name none. */
  list(caller: Caller, workspaces: readonly string[]): Promise<readonly Role[]>;
  create(caller: Caller, draft: RoleDraft & { readonly workspace: string }): Promise<Role>;
  update(
    caller: Caller,
    id: string,
    changes: { readonly [Field in keyof RoleDraft]?: RoleDraft[Field] | undefined },
  ): Promise<Role>;
  delete(caller: Caller, id: string): Promise<void>;
  assign(caller: Caller, id: string, username: string): Promise<User>;
  unassign(caller: Caller, id: string, username: string): Promise<void>;
  listUsers(caller: Caller, id: string): Promise<readonly Holder[]>;
  /** In all workspaces one's own, and anybody's for administrators of the server; in the chosen one for its admins. */
  listOfUser(caller: Caller, username: string): Promise<readonly Role[]>;
}

interface RoleDraft {
  readonly name: string;
  readonly description?: string | undefined;
}

/**
 * MLflow's roles are groups that are members of a workspace, at first as guests, who see what grants name. Groups are of the
 * whole server and so are their names: the one of role `viewer` in workspace `vision` is called `vision/viewer`.
 */
export function createRoles(services: {
  readonly directory: Pick<Directory, "grants" | "groups" | "members" | "workspaces">;
  readonly users: Pick<Users, "byUsername">;
}): Roles {
  const { users } = services;
  const { grants, groups, members, workspaces } = services.directory;

  /** The role of a group in the workspace that the caller is in; undefined where it is no member. */
  async function find(
    caller: Caller,
    group: Pick<Holder, "id" | "name" | "displayName">,
  ): Promise<Role | undefined> {
    const holder = { kind: "group", id: group.id } as const;
    const member = await members.find(caller, holder);
    if (member === undefined) return undefined;
    const given = await readAll((page) => grants.list(caller, { ...page, holder }));
    return roleOf(caller.workspace, { ...group, role: member.role }, given);
  }

  /** Where a role is, and what is known of its group. */
  async function enter(caller: Caller, id: string) {
    const { workspace, groupId } = parseRoleId(id);
    const inside = await enterWorkspace(workspaces, caller, workspace);
    requirePermission(inside, "workspace.manage");
    const member = await members.find(inside, { kind: "group", id: groupId });
    if (member === undefined) throw roleNotFound(id);
    return { inside, member };
  }

  async function isIn(caller: Caller, user: User, groupId: string): Promise<boolean> {
    const found = await groups.listOf(caller, { kind: "user", id: user.id });
    return found.some((group) => group.id === groupId);
  }

  async function listIn(inside: Caller): Promise<readonly Role[]> {
    requirePermission(inside, "workspace.manage");
    const found = await readAll((page) => members.list(inside, { ...page, kind: "group" }));
    const given = await readAll((page) => grants.list(inside, { ...page, holderKind: "group" }));
    const byGroup = Map.groupBy(given, ({ holder }) => (holder.kind === "everyone" ? "" : holder.id));
    return found.map((group) => roleOf(inside.workspace, group, byGroup.get(group.id) ?? []));
  }

  async function createGroup(inside: Caller, role: string, description: string | undefined) {
    const { workspace } = inside;
    try {
      return await groups.create(inside, { name: groupName(workspace, role), description });
    } catch (error) {
      // Who made a role knows of no group.
      if (error instanceof DomainError && error.code === "already_exists")
        throw new DomainError(
          "already_exists",
          `Role (name=${role}, workspace=${workspace}) already exists.`,
          {
            field: "name",
          },
        );
      throw error;
    }
  }

  async function get(caller: Caller, id: string): Promise<Role> {
    const { inside, member } = await enter(caller, id);
    const role = await find(inside, member);
    if (role === undefined) throw roleNotFound(id);
    return role;
  }

  return {
    get,

    async list(caller, named) {
      if (named.length === 0) requirePermission(caller, "server.manage");
      const asked =
        named.length > 0
          ? [...new Set(named)]
          : (await readAll((page) => workspaces.list(caller, page))).map(({ name }) => name);
      const found: Role[] = [];
      for (const workspace of asked)
        found.push(...(await listIn(await enterWorkspace(workspaces, caller, workspace))));
      return found;
    },

    async create(caller, { workspace, name, description }) {
      const inside = await enterWorkspace(workspaces, caller, workspace);
      const group = await createGroup(inside, name, description);
      const holder = { kind: "group", id: group.groupId } as const;
      const member = await members.set(inside, { ...holder, role: roleWithoutPermission });
      return roleOf(workspace, member, []);
    },

    async update(caller, id, { name, description }) {
      const { inside, member } = await enter(caller, id);
      // A group that was made elsewhere and for more keeps a name for all of them.
      const isOfWorkspace = member.name !== roleName(inside.workspace, member.name);
      const newName =
        name === undefined ? undefined : isOfWorkspace ? groupName(inside.workspace, name) : name;
      await groups.update(inside, { groupId: member.id, name: newName, description });
      return get(inside, id);
    },

    async delete(caller, id) {
      const { inside, member } = await enter(caller, id);
      requirePermission(inside, "server.manage");
      const others = (await members.listOf(inside, member)).filter(
        ({ workspace }) => workspace !== inside.workspace,
      );
      if (others.length > 0)
        throw new DomainError(
          "failed_precondition",
          `Role with id=${id} is the group '${member.name}', which workspace '${others[0]?.workspace}' knows too. Take its permissions away here, or delete the group in the settings.`,
          { field: "role_id" },
        );
      await groups.delete(inside, member.id);
    },

    async assign(caller, id, username) {
      const { inside, member } = await enter(caller, id);
      requirePermission(inside, "server.manage");
      const user = await requireUser(users, username);
      if (await isIn(inside, user, member.id))
        throw new DomainError("already_exists", `User ${username} has role with id=${id} already`);
      await groups.addMember(inside, member.id, { kind: "user", id: user.id });
      return user;
    },

    async unassign(caller, id, username) {
      const { inside, member } = await enter(caller, id);
      requirePermission(inside, "server.manage");
      const user = await requireUser(users, username);
      if (!(await isIn(inside, user, member.id)))
        throw new DomainError("not_found", `Role with id=${id} of user ${username} not found`);
      await groups.removeMember(inside, member.id, { kind: "user", id: user.id });
    },

    async listUsers(caller, id) {
      const { inside, member } = await enter(caller, id);
      const all = await readAll((page) => groups.listMembers(inside, { ...page, groupId: member.id }));
      return all.filter(({ kind }) => kind === "user");
    },

    async listOfUser(caller, username) {
      if (!isSelf(caller, username)) requirePermission(caller, "workspace.manage");
      const user = await requireUser(users, username);
      const isTokenOfWorkspace = caller.rights.scope?.workspace !== undefined;
      const seesAllWorkspaces =
        decide(caller, "server.manage").allowed || (isSelf(caller, username) && !isTokenOfWorkspace);
      const found: Role[] = [];
      for (const group of await groups.listOf(caller, { kind: "user", id: user.id })) {
        const places = seesAllWorkspaces
          ? (await members.listOf(caller, group)).map(({ workspace }) => ({ ...caller, workspace }))
          : [caller];
        for (const inside of places) {
          const role = await find(inside, group);
          if (role !== undefined) found.push(role);
        }
      }
      return found;
    },
  };
}

function roleOf(
  workspace: string,
  group: Pick<Holder, "id" | "name" | "displayName"> & { readonly role: WorkspaceRole },
  given: readonly StoredGrant[],
): Role {
  return {
    workspace,
    groupId: group.id,
    name: roleName(workspace, group.name),
    description: group.displayName,
    role: group.role,
    grants: given.toReversed(),
  };
}

function prefixOf(workspace: string): string {
  return workspace === defaultWorkspace ? "" : `${workspace}/`;
}

function groupName(workspace: string, role: string): string {
  return `${prefixOf(workspace)}${role}`;
}

function roleName(workspace: string, group: string): string {
  const prefix = prefixOf(workspace);
  return group.startsWith(prefix) ? group.slice(prefix.length) : group;
}
