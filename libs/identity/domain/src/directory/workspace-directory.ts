import { DomainError } from "@runweir/errors";
import { requirePermission } from "../access/require-permission.ts";
import type { WorkspaceRole } from "../access/rights.ts";
import { type Caller, defaultWorkspace } from "../caller.ts";
import { checkDescription, checkProtectedAliases, checkWorkspaceName } from "./check-text.ts";
import type { DirectoryParts } from "./directory.ts";
import type { HolderId, Page, PageRequest, Workspace } from "./directory-records.ts";

/** What is absent or undefined stays. */
export interface WorkspaceChanges {
  readonly description?: string | undefined;
  readonly defaultRole?: WorkspaceRole | null | undefined;
  readonly protectedAliases?: readonly string[] | undefined;
}

export interface WorkspaceDirectory {
  /** Those that the caller can work in; administrators of the server see all, and deleted ones if they ask. */
  list(
    caller: Caller,
    request: PageRequest & { readonly deleted?: boolean | undefined },
  ): Promise<Page<Workspace>>;
  get(caller: Caller, name: string): Promise<Workspace>;
  create(caller: Caller, draft: { readonly name: string } & WorkspaceChanges): Promise<Workspace>;
  update(caller: Caller, name: string, changes: WorkspaceChanges): Promise<Workspace>;
  /** What is in it stays and nobody gets at it, until it is restored. Never `default`. */
  delete(caller: Caller, name: string): Promise<void>;
  restore(caller: Caller, name: string): Promise<Workspace>;
}

export function createWorkspaceDirectory({
  store: { workspaces },
  clock,
}: Pick<DirectoryParts, "store" | "clock">): WorkspaceDirectory {
  const list: WorkspaceDirectory["list"] = async (caller, { deleted, ...request }) => {
    requirePermission(caller, "account");
    if (caller.rights.administrator) return workspaces.list({ ...request, deleted });
    const visibleTo = asHolder(caller);
    return visibleTo === undefined ? { items: [] } : workspaces.list({ ...request, visibleTo });
  };

  async function find(name: string): Promise<Workspace> {
    const workspace = await workspaces.find(name);
    if (workspace === undefined) throw missing(name);
    return workspace;
  }

  /** Of the workspace that the caller is in, or of any for administrators of the server. */
  async function findToManage(caller: Caller, name: string): Promise<Workspace> {
    requirePermission(caller, name === caller.workspace ? "workspace.manage" : "server.manage");
    const workspace = await find(name);
    if (workspace.deletedTime !== null)
      throw new DomainError("failed_precondition", `Workspace '${name}' is deleted; restore it first.`, {
        field: "name",
      });
    return workspace;
  }

  return {
    list,

    async get(caller, name) {
      const found = await list(caller, { search: name, limit: 1_000 });
      const workspace = found.items.find((candidate) => candidate.name === name);
      if (workspace === undefined) throw missing(name);
      return workspace;
    },

    async create(caller, { name, description = "", defaultRole = null, protectedAliases = [] }) {
      requirePermission(caller, "server.manage");
      checkWorkspaceName(name);
      checkDescription(description);
      checkProtectedAliases(protectedAliases);
      const workspace: Workspace = {
        name,
        description,
        defaultRole,
        protectedAliases,
        creationTime: clock.now(),
        deletedTime: null,
      };
      await workspaces.insert(workspace, asHolder(caller), {
        caller,
        event: {
          action: "workspace.create",
          object: { id: name, name },
          after: { description, defaultRole, protectedAliases },
        },
      });
      return workspace;
    },

    async update(caller, name, changes) {
      const before = await findToManage(caller, name);
      const {
        description = before.description,
        defaultRole = before.defaultRole,
        protectedAliases = before.protectedAliases,
      } = changes;
      checkDescription(description);
      checkProtectedAliases(protectedAliases);
      const workspace = { ...before, description, defaultRole, protectedAliases };
      await workspaces.replace(workspace, {
        caller,
        event: {
          action: "workspace.update",
          object: { id: name, name },
          workspace: name,
          before: {
            description: before.description,
            defaultRole: before.defaultRole,
            protectedAliases: before.protectedAliases,
          },
          after: { description, defaultRole, protectedAliases },
        },
      });
      return workspace;
    },

    async delete(caller, name) {
      requirePermission(caller, "server.manage");
      if (name === defaultWorkspace)
        throw new DomainError(
          "failed_precondition",
          `Workspace '${defaultWorkspace}' cannot be deleted: clients that name none are in it.`,
          { field: "name" },
        );
      const workspace = await findToManage(caller, name);
      await workspaces.replace(
        { ...workspace, deletedTime: clock.now() },
        { caller, event: { action: "workspace.delete", object: { id: name, name } } },
      );
    },

    async restore(caller, name) {
      requirePermission(caller, "server.manage");
      const workspace = await find(name);
      if (workspace.deletedTime === null) return workspace;
      const restored = { ...workspace, deletedTime: null };
      await workspaces.replace(restored, {
        caller,
        event: { action: "workspace.restore", object: { id: name, name } },
      });
      return restored;
    },
  };
}

/** Whom grants and memberships know; the local owner and the system are none of these. */
export function asHolder({ principal: { kind, id } }: Caller): HolderId | undefined {
  return kind === "user" || kind === "service-account" ? { kind, id } : undefined;
}

/** Also for those that the caller may not know of. */
function missing(name: string): DomainError {
  return new DomainError("not_found", `There is no workspace '${name}'.`, { field: "name" });
}
