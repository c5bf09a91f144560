import type { Permission } from "../access/permission.ts";
import type { Caller } from "../caller.ts";
import type { AuditLog } from "./audit-entry.ts";
import { createSaidLately } from "./said-lately.ts";

/** What somebody asked for who may do that nowhere, before it was known what it was about. */
export interface DoorRefusal {
  readonly permission: Permission;
  /** As it was declared: `POST /api/2.0/mlflow/runs/delete`. */
  readonly route: string;
  /** What they were told. */
  readonly refused: string;
}

export type EnterRefusal = (caller: Caller, refusal: DoorRefusal) => Promise<void>;

/** Enters what doors refuse to who is known, once a minute for each of them and each permission. */
export function enterDoorRefusals(options: {
  readonly log: AuditLog;
  readonly clock: { now(): number };
}): EnterRefusal {
  const wasSaid = createSaidLately(options.clock);
  return async (caller, { permission, route, refused }) => {
    const { kind, id } = caller.principal;
    if (kind === "anonymous" || wasSaid([kind, id, caller.workspace, permission])) return;
    await options.log
      .append(caller, {
        action: "permission.refuse",
        object: { id: permission, name: route },
        after: { refused },
      })
      // They are told of the refusal in any case.
      .catch(() => {});
  };
}
