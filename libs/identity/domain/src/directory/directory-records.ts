import type { Grant, GrantTarget, WorkspaceRole } from "../access/rights.ts";

/** Times in milliseconds since 1970. */
export interface Workspace {
  readonly name: string;
  readonly description: string;
  /** The role of everybody who can sign in and is no member; null: they do not belong to it. */
  readonly defaultRole: WorkspaceRole | null;
  /** Patterns of aliases (`model@alias`) that an edit of the model is not enough to move. */
  readonly protectedAliases: readonly string[];
  readonly creationTime: number;
  /** Deleted ones keep what is in them, and nobody but administrators gets in. */
  readonly deletedTime: number | null;
}

/** Whom a role or a grant can be given to. */
export interface Holder {
  readonly kind: "user" | "service-account" | "group";
  readonly id: string;
  /** Unique among its kind: the name that users sign in with. */
  readonly name: string;
  /** Of users, as people call them; of others, the description. */
  readonly displayName: string;
  readonly isDisabled: boolean;
}

export type HolderId = Pick<Holder, "kind" | "id">;

export interface Member extends Holder {
  readonly role: WorkspaceRole;
  readonly creationTime: number;
}

/** What a holder is in one of the workspaces that they are a member of. */
export type Membership = { readonly workspace: string } & Pick<Member, "role">;

export interface Group {
  readonly groupId: string;
  readonly name: string;
  readonly description: string;
  readonly creationTime: number;
  readonly memberCount: number;
}

export interface ServiceAccount {
  readonly accountId: string;
  readonly name: string;
  readonly description: string;
  readonly isDisabled: boolean;
  /** Who made it, for people to read. */
  readonly createdBy: string;
  readonly creationTime: number;
}

export interface StoredGrant extends Grant {
  readonly workspace: string;
  /** Came with the object: its maker manages it. */
  readonly isOwn: boolean;
  readonly createdBy: string;
  readonly creationTime: number;
}

/** A grant as somebody writes it. */
export interface GrantDraft {
  readonly effect: Grant["effect"];
  readonly level: Grant["level"];
  readonly target: GrantTarget;
  readonly holder: HolderId | { readonly kind: "everyone" };
}

/** Where a role comes from: their own membership, that of a group, or what everybody has. */
export type RoleSource =
  | { readonly via: "member" | "default"; readonly role: WorkspaceRole }
  | { readonly via: "group"; readonly group: string; readonly role: WorkspaceRole };

export interface PageRequest {
  /** Only those with this in their names, whatever the case. */
  readonly search?: string | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken?: string | undefined;
}
