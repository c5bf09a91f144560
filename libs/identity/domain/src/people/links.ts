import type { WorkspaceRole } from "../access/rights.ts";
import type { Caller } from "../caller.ts";

export interface Invitation {
  readonly invitationId: string;
  readonly email: string | undefined;
  readonly isAdministrator: boolean;
  readonly workspace: string | undefined;
  readonly role: WorkspaceRole | undefined;
  readonly creationTime: number;
  readonly expiryTime: number;
}

export interface NewInvitation {
  /** Who opens the link can take no other address then. */
  readonly email?: string | undefined;
  readonly isAdministrator?: boolean | undefined;
  /** What the new person belongs to, and as what. */
  readonly workspace?: string | undefined;
  readonly role?: WorkspaceRole | undefined;
}

/** A link as a path of this server (`/invitation/...`), and whether it went out by e-mail. */
export interface IssuedLink {
  readonly path: string;
  readonly isSent: boolean;
}

/** Links that work once and are handed to people, for administrators of the server. */
export interface Links {
  invite(caller: Caller, invitation: NewInvitation): Promise<IssuedLink>;
  listInvitations(caller: Caller): Promise<readonly Invitation[]>;
  revokeInvitation(caller: Caller, invitationId: string): Promise<void>;
  /** For somebody who forgot their password. */
  issueReset(caller: Caller, userId: string): Promise<IssuedLink>;
}
