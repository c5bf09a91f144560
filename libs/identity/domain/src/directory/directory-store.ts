import type { GrantHolder, GrantTarget, WorkspaceRole } from "../access/rights.ts";
import type { AuditEvent } from "../audit/audit-entry.ts";
import type { Caller } from "../caller.ts";
import type {
  Group,
  Holder,
  HolderId,
  Member,
  Membership,
  Page,
  PageRequest,
  RoleSource,
  ServiceAccount,
  StoredGrant,
  Workspace,
} from "./directory-records.ts";

/** Who changes something and what is entered into the audit log about it, in the transaction that changes it. */
export interface Audited {
  readonly caller: Caller;
  readonly event: AuditEvent;
}

export interface WorkspaceStore {
  /** By name; with `visibleTo`, those that a principal belongs to or has grants in. Deleted ones only if asked for. */
  list(
    request: PageRequest & {
      readonly visibleTo?: Pick<HolderId, "kind" | "id"> | undefined;
      readonly deleted?: boolean | undefined;
    },
  ): Promise<Page<Workspace>>;
  find(name: string): Promise<Workspace | undefined>;
  /** `already_exists` when there is, or was, one of that name. The admin, if there is one, is its first member. */
  insert(workspace: Workspace, admin: HolderId | undefined, audited: Audited): Promise<void>;
  replace(workspace: Workspace, audited: Audited): Promise<void>;
}

export interface MemberFilter {
  readonly role?: WorkspaceRole | undefined;
  readonly kind?: Holder["kind"] | undefined;
}

/** What would leave a workspace without an admin who can sign in is `failed_precondition`, here and wherever groups change. */
export interface MemberStore {
  list(workspace: string, request: PageRequest & MemberFilter): Promise<Page<Member>>;
  find(workspace: string, member: HolderId): Promise<Member | undefined>;
  /** In all workspaces that are not deleted, by name. */
  listOf(holder: HolderId): Promise<readonly Membership[]>;
  set(
    workspace: string,
    member: HolderId & { readonly role: WorkspaceRole; readonly creationTime: number },
    audited: Audited,
  ): Promise<void>;
  remove(workspace: string, member: HolderId, audited: Audited): Promise<void>;
  /** All roles that a principal has in a workspace, the own one first. */
  rolesOf(workspace: string, principal: HolderId): Promise<readonly RoleSource[]>;
}

export interface HolderStore {
  /** By name, of these kinds. */
  list(
    request: PageRequest & {
      readonly kinds: readonly Holder["kind"][];
      readonly name?: string | undefined;
    },
  ): Promise<Page<Holder>>;
  find(holder: HolderId): Promise<Holder | undefined>;
  isAdministrator(userId: string): Promise<boolean>;
  groupsOf(principal: HolderId): Promise<readonly Holder[]>;
}

export interface GroupStore {
  list(request: PageRequest): Promise<Page<Group>>;
  find(groupId: string): Promise<Group | undefined>;
  insert(group: Group, audited: Audited): Promise<void>;
  replace(group: Group, audited: Audited): Promise<void>;
  /** With its memberships and grants. */
  remove(groupId: string, audited: Audited): Promise<void>;
  listMembers(groupId: string, request: PageRequest): Promise<Page<Holder>>;
  /** False when nothing had to change. */
  addMember(groupId: string, member: HolderId, audited: Audited): Promise<boolean>;
  removeMember(groupId: string, member: HolderId, audited: Audited): Promise<boolean>;
}

export interface ServiceAccountStore {
  list(request: PageRequest): Promise<Page<ServiceAccount>>;
  find(accountId: string): Promise<ServiceAccount | undefined>;
  insert(account: ServiceAccount, audited: Audited): Promise<void>;
  replace(account: ServiceAccount, audited: Audited): Promise<void>;
  /** With its memberships and grants. */
  remove(accountId: string, audited: Audited): Promise<void>;
}

export interface GrantFilter {
  readonly holder?: HolderId | undefined;
  /** Anybody's of this kind. */
  readonly holderKind?: GrantHolder["kind"] | undefined;
  readonly target?: GrantTarget | undefined;
}

export interface GrantStore {
  /** The newest first. */
  list(workspace: string, request: PageRequest & GrantFilter): Promise<Page<StoredGrant>>;
  find(workspace: string, grantId: string): Promise<StoredGrant | undefined>;
  /** `already_exists` when the holder has one on that target. */
  insert(grant: StoredGrant, audited: Audited): Promise<void>;
  replace(grant: StoredGrant, audited: Audited): Promise<void>;
  remove(grant: StoredGrant, audited: Audited): Promise<void>;
  /** Nothing happens when its holder has one on that target. */
  insertOwn(grant: StoredGrant): Promise<void>;
  /** All on exactly this experiment; of models those that came with it, since a pattern outlives what it matched. */
  removeOf(workspace: string, target: GrantTarget): Promise<void>;
  renameOwn(workspace: string, model: string, newName: string): Promise<void>;
}

export interface DirectoryStore {
  readonly workspaces: WorkspaceStore;
  readonly members: MemberStore;
  readonly holders: HolderStore;
  readonly groups: GroupStore;
  readonly serviceAccounts: ServiceAccountStore;
  readonly grants: GrantStore;
}
