import { DomainError } from "@runweir/errors";
import {
  type Caller,
  type GuardRules,
  guardService,
  type Permission,
  readable,
  requirePermission,
} from "@runweir/identity-domain";
import type { Snapshots } from "./snapshots.ts";

interface SnapshotNeed {
  readonly permission: Permission;
  /** Files cannot be shown in part: whoever gets one must be allowed to read all that may be in it. */
  readonly whole?: true;
}

const rules: GuardRules<Snapshots, SnapshotNeed> = {
  list: () => [{ permission: "experiment.read" }],
  make: () => [{ permission: "server.manage" }],
  describe: () => [{ permission: "experiment.read", whole: true }],
};

/** Snapshots as doors get them. */
export function guardSnapshots(snapshots: Snapshots): Snapshots {
  return guardService(snapshots, rules, async (caller, needs) => {
    for (const { permission, whole } of needs) {
      requirePermission(caller, permission);
      if (whole) requireWhole(caller);
    }
  });
}

function requireWhole(caller: Caller): void {
  if (readable(caller, "experiment") === "all" && readable(caller, "model") === "all") return;
  throw new DomainError(
    "permission_denied",
    `Permission denied: a snapshot's files hold all experiments and models of workspace '${caller.workspace}', and ${caller.principal.name} may not read all of them. Ask in SQL for those that may be read.`,
  );
}
