import { DomainError } from "@runweir/errors";
import { requirePermission } from "../access/require-permission.ts";
import type { WorkspaceRole } from "../access/rights.ts";
import type { Caller } from "../caller.ts";
import type { DirectoryParts } from "./directory.ts";
import type { Holder, HolderId, Member, Membership, Page, PageRequest } from "./directory-records.ts";
import type { MemberFilter } from "./directory-store.ts";
import { findHolder } from "./find-holder.ts";
import { isOneself } from "./is-oneself.ts";

/** Who belongs to the caller's workspace. */
export interface MemberDirectory {
  list(caller: Caller, request: PageRequest & MemberFilter): Promise<Page<Member>>;
  /** Of oneself and one's groups also for who reads nothing else of the workspace. */
  find(caller: Caller, holder: HolderId): Promise<Member | undefined>;
  /** Who that is, to whoever may know who there is, and to themselves. */
  getHolder(caller: Caller, holder: HolderId): Promise<Holder>;
  /** In every workspace: oneself, or anybody for administrators of the server. */
  listOf(caller: Caller, holder: HolderId): Promise<readonly Membership[]>;
  /** Adds somebody, or gives them another role. The last admin stays one. */
  set(caller: Caller, member: HolderId & { readonly role: WorkspaceRole }): Promise<Member>;
  remove(caller: Caller, member: HolderId): Promise<void>;
  /** Users, service accounts and groups of the whole server, to choose from. */
  listHolders(
    caller: Caller,
    request: PageRequest & {
      readonly kinds: readonly Holder["kind"][];
      /** Only those who are called exactly this, whatever the case. */
      readonly name?: string | undefined;
    },
  ): Promise<Page<Holder>>;
}

export function createMemberDirectory({
  store: { members, holders },
  clock,
}: Pick<DirectoryParts, "store" | "clock">): MemberDirectory {
  return {
    async list(caller, request) {
      requirePermission(caller, "workspace.read");
      return members.list(caller.workspace, request);
    },

    async find(caller, holder) {
      if (!(await isOneself(holders, caller, holder))) requirePermission(caller, "workspace.read");
      return members.find(caller.workspace, holder);
    },

    async getHolder(caller, holder) {
      if (!(await isOneself(holders, caller, holder))) requirePermission(caller, "workspace.read");
      return findHolder(holders, holder);
    },

    async listOf(caller, holder) {
      const isOwn = await isOneself(holders, caller, holder);
      requirePermission(caller, isOwn ? "account" : "server.manage");
      return members.listOf(holder);
    },

    async listHolders(caller, request) {
      requirePermission(caller, "workspace.read");
      return holders.list(request);
    },

    // Whoever may manage members is an admin, so that no role is above theirs.
    async set(caller, { kind, id, role }) {
      requirePermission(caller, "workspace.manage");
      const holder = await findHolder(holders, { kind, id });
      const before = await members.find(caller.workspace, holder);
      if (before?.role === role) return before;
      const creationTime = before?.creationTime ?? clock.now();
      await members.set(
        caller.workspace,
        { kind, id, role, creationTime },
        {
          caller,
          event: {
            action: before === undefined ? "member.add" : "member.update",
            object: { id, name: holder.name },
            before: before && { kind, role: before.role },
            after: { kind, role },
          },
        },
      );
      return { ...holder, role, creationTime };
    },

    async remove(caller, member) {
      requirePermission(caller, "workspace.manage");
      const before = await members.find(caller.workspace, member);
      if (before === undefined)
        throw new DomainError(
          "not_found",
          `There is no ${member.kind} '${member.id}' among the members of workspace '${caller.workspace}'.`,
          { field: "id" },
        );
      await members.remove(caller.workspace, member, {
        caller,
        event: {
          action: "member.remove",
          object: { id: before.id, name: before.name },
          before: { kind: before.kind, role: before.role },
        },
      });
    },
  };
}
