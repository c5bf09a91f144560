import { DomainError } from "@runweir/errors";
import { requirePermission } from "../access/require-permission.ts";
import type { Caller } from "../caller.ts";
import { checkDescription, checkName } from "./check-text.ts";
import type { DirectoryParts } from "./directory.ts";
import type { Group, Holder, HolderId, Page, PageRequest } from "./directory-records.ts";
import { findHolder } from "./find-holder.ts";
import { isOneself } from "./is-oneself.ts";

/** Groups of the whole server; what they may do is said by each workspace. */
export interface GroupDirectory {
  list(caller: Caller, request: PageRequest): Promise<Page<Group>>;
  get(caller: Caller, groupId: string): Promise<Group>;
  /** That a user or a service account is in. */
  listOf(caller: Caller, member: GroupMemberId): Promise<readonly Holder[]>;
  listMembers(caller: Caller, request: PageRequest & { readonly groupId: string }): Promise<Page<Holder>>;
  create(
    caller: Caller,
    draft: { readonly name: string; readonly description?: string | undefined },
  ): Promise<Group>;
  update(
    caller: Caller,
    changes: {
      readonly groupId: string;
      readonly name?: string | undefined;
      readonly description?: string | undefined;
    },
  ): Promise<Group>;
  /** With what it gave its members. */
  delete(caller: Caller, groupId: string): Promise<void>;
  addMember(caller: Caller, groupId: string, member: GroupMemberId): Promise<void>;
  removeMember(caller: Caller, groupId: string, member: GroupMemberId): Promise<void>;
}

/** Groups are in no groups. */
export type GroupMemberId = HolderId & { readonly kind: "user" | "service-account" };

export function createGroupDirectory({
  store: { groups, holders },
  clock,
  newId,
}: Pick<DirectoryParts, "store" | "clock" | "newId">): GroupDirectory {
  async function findToChange(caller: Caller, groupId: string): Promise<Group> {
    requirePermission(caller, "server.manage");
    return find(groupId);
  }

  async function find(groupId: string): Promise<Group> {
    const group = await groups.find(groupId);
    if (group !== undefined) return group;
    throw new DomainError("not_found", `There is no group '${groupId}'.`, { field: "groupId" });
  }

  return {
    async list(caller, request) {
      requirePermission(caller, "workspace.read");
      return groups.list(request);
    },

    async get(caller, groupId) {
      requirePermission(caller, "workspace.read");
      return find(groupId);
    },

    async listOf(caller, member) {
      const isOwn = await isOneself(holders, caller, member);
      requirePermission(caller, isOwn ? "account" : "workspace.read");
      return holders.groupsOf(member);
    },

    async listMembers(caller, { groupId, ...request }) {
      requirePermission(caller, "workspace.read");
      await find(groupId);
      return groups.listMembers(groupId, request);
    },

    async create(caller, { name, description = "" }) {
      requirePermission(caller, "server.manage");
      checkName("name", name);
      checkDescription(description);
      const group = { groupId: newId(), name, description, creationTime: clock.now(), memberCount: 0 };
      await groups.insert(group, {
        caller,
        event: {
          action: "group.create",
          object: { id: group.groupId, name },
          after: { name, description },
        },
      });
      return group;
    },

    async update(caller, { groupId, ...changes }) {
      const before = await findToChange(caller, groupId);
      const { name = before.name, description = before.description } = changes;
      checkName("name", name);
      checkDescription(description);
      const group = { ...before, name, description };
      await groups.replace(group, {
        caller,
        event: {
          action: "group.update",
          object: { id: groupId, name: before.name },
          before: { name: before.name, description: before.description },
          after: { name, description },
        },
      });
      return group;
    },

    async delete(caller, groupId) {
      const { name, memberCount } = await findToChange(caller, groupId);
      await groups.remove(groupId, {
        caller,
        event: { action: "group.delete", object: { id: groupId, name }, before: { memberCount } },
      });
    },

    async addMember(caller, groupId, member) {
      const { name } = await findToChange(caller, groupId);
      const holder = await findHolder(holders, member);
      await groups.addMember(groupId, member, {
        caller,
        event: {
          action: "group.member-add",
          object: { id: groupId, name },
          after: { kind: holder.kind, id: holder.id, name: holder.name },
        },
      });
    },

    async removeMember(caller, groupId, member) {
      const { name } = await findToChange(caller, groupId);
      const holder = await holders.find(member);
      await groups.removeMember(groupId, member, {
        caller,
        event: {
          action: "group.member-remove",
          object: { id: groupId, name },
          before: { kind: member.kind, id: member.id, name: holder?.name ?? member.id },
        },
      });
    },
  };
}
