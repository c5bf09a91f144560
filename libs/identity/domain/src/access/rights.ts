import type { Level } from "./permission.ts";

/** What a member of a workspace is there; each rank holds all before it. */
export const workspaceRoles = ["guest", "viewer", "member", "editor", "admin"] as const;

/**
 * - guest: sees what grants name, and nothing else
 * - viewer: reads everything
 * - member: reads everything, makes experiments and models and manages their own
 * - editor: edits everything
 * - admin: manages everything, members and grants too
 */
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** The level that a role has on every experiment and model of its workspace. */
export const roleLevels: Readonly<Record<WorkspaceRole, Level | undefined>> = {
  guest: undefined,
  viewer: "read",
  member: "read",
  editor: "edit",
  admin: "manage",
};

/** Whether a role holds all that another one does. */
export function holdsRole(held: WorkspaceRole, asked: WorkspaceRole): boolean {
  return workspaceRoles.indexOf(held) >= workspaceRoles.indexOf(asked);
}

/** What a grant is about: one object, or all whose names match. Names of aliases are `model@alias`. */
export type GrantTarget =
  | { readonly on: "experiment"; readonly experimentId: string }
  | { readonly on: "experiment" | "model" | "alias"; readonly pattern: string };

export interface Grant {
  readonly grantId: string;
  readonly effect: "allow" | "deny";
  readonly target: GrantTarget;
  /** Allowed up to this level, or denied from this level on: a denied `read` denies everything. */
  readonly level: Level;
  /** Whose it is, for explanations: the caller's own, that of a group of theirs, or everybody's. */
  readonly holder: GrantHolder;
  /** It came with what its holder has made, and follows that to another name. */
  readonly isOwn?: boolean | undefined;
}

export type GrantHolder =
  | { readonly kind: "user" | "service-account" | "group"; readonly id: string; readonly name: string }
  | { readonly kind: "everyone" };

/** What a token is good for, whoever made it: never more than its owner may do. */
export interface TokenScope {
  /** `ingest`: what a training job writes, and nothing is read; `read`: nothing is changed. */
  readonly access: "all" | "read" | "ingest";
  /** Only these experiments, and no models, members or settings. */
  readonly experimentIds?: readonly string[] | undefined;
}

/** The scope of the token that was used. */
export interface UsedScope extends TokenScope {
  /** Good in this workspace only, and for nothing that is of the whole server, though its owner administers that. */
  readonly workspace?: string | undefined;
}

/** All that decides about a caller in one workspace, loaded once and asked often. */
export interface Rights {
  /** Of the whole server: may do everything in every workspace. */
  readonly administrator: boolean;
  /** The highest of the caller's own and of their groups; undefined for who does not belong to the workspace. */
  readonly role: WorkspaceRole | undefined;
  /** Those that hold for the caller. */
  readonly grants: readonly Grant[];
  /** Patterns of aliases (`model@alias`) that an edit of the model is not enough to move. */
  readonly protectedAliases: readonly string[];
  /** Of the token that was used, if one was. */
  readonly scope?: UsedScope | undefined;
}

/** What a caller is in the workspace: who administers the server is an admin of every one. */
export function roleOf({ administrator, role }: Rights): WorkspaceRole | undefined {
  return administrator ? "admin" : role;
}

export const everyRight: Rights = { administrator: true, role: "admin", grants: [], protectedAliases: [] };

export const noRights: Rights = { administrator: false, role: undefined, grants: [], protectedAliases: [] };
