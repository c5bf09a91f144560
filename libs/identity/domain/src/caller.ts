/** Who asks, and in which workspace. Every service call takes one; nothing in the product acts for nobody. */
export interface Caller {
  readonly principal: Principal;
  /** Every row belongs to exactly one workspace; `default` until there are more. */
  readonly workspace: string;
  /** Follows the request through logs, errors and pages. */
  readonly requestId: string;
}

export interface Principal {
  readonly kind: "local-owner" | "system";
  /** Stable id, for rows that say who did something. */
  readonly id: string;
  /** For people to read. */
  readonly name: string;
}

export const defaultWorkspace = "default";

/** The one person an open loopback installation knows: whoever sits at the machine. */
export function localOwner(requestId: string): Caller {
  return {
    principal: { kind: "local-owner", id: "local", name: "Local owner" },
    workspace: defaultWorkspace,
    requestId,
  };
}

/** Background work (folding, compaction, seeding) acts as the system itself. */
export function systemCaller(requestId: string): Caller {
  return {
    principal: { kind: "system", id: "system", name: "Runweir" },
    workspace: defaultWorkspace,
    requestId,
  };
}
