import { everyRight, noRights, type Rights } from "./access/rights.ts";

/** Who asks, and in which workspace. Every service call takes one; nothing in the product acts for nobody. */
export interface Caller {
  readonly principal: Principal;
  /** Every row belongs to exactly one workspace; `default` until there are more. */
  readonly workspace: string;
  /** What decides about them in that workspace. Doors and guards ask; services and stores never do. */
  readonly rights: Rights;
  /** Follows the request through logs, errors and pages. */
  readonly requestId: string;
  /** From where they ask, for the audit log; never for decisions. Absent inside the product itself. */
  readonly origin?: Origin | undefined;
}

export interface Origin {
  readonly door: "pages" | "api" | "command-line";
  /** Of the other end, as far as the server can tell. */
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Of the token that was used, if one was: its id, never the token. */
  readonly tokenId?: string | undefined;
  /** Of the session in a browser, if one was used: its id, never the cookie. */
  readonly sessionId?: string | undefined;
}

export interface Principal {
  readonly kind: "local-owner" | "system" | "user" | "service-account" | "anonymous";
  /** Stable id, for rows that say who did something. */
  readonly id: string;
  /** For people to read: of users, the name they sign in with. */
  readonly name: string;
}

export const defaultWorkspace = "default";

/** The one person an open loopback installation knows: whoever sits at the machine. */
export function localOwner(requestId: string): Caller {
  return {
    principal: { kind: "local-owner", id: "local", name: "Local owner" },
    workspace: defaultWorkspace,
    rights: everyRight,
    requestId,
  };
}

/** Background work (folding, compaction, seeding) acts as the system itself. */
export function systemCaller(requestId: string): Caller {
  return {
    principal: { kind: "system", id: "system", name: "Runweir" },
    workspace: defaultWorkspace,
    rights: everyRight,
    requestId,
  };
}

/** Whoever brings no credentials, where they are required. */
export function anonymous(requestId: string, workspace: string = defaultWorkspace): Caller {
  return {
    principal: { kind: "anonymous", id: "anonymous", name: "Nobody" },
    workspace,
    rights: noRights,
    requestId,
  };
}
