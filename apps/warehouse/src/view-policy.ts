import { type CallerView, limitsOfRole, type ViewPolicy } from "@runweir/analytics-domain";
import {
  type Caller,
  type ObjectFilter,
  readable,
  requirePermission,
  roleOf,
} from "@runweir/identity-domain";

/** Finds the numbers of the experiments that a filter lets through. */
export type FindVisible = (workspace: string, filter: ObjectFilter) => Promise<readonly number[]>;

/**
 * What a caller may see by their rights at this moment. Models have no experiment, so whoever may not read all of them sees
 * experiments by their numbers, even if these are all: tables whose rows do not say whose they are are not there then.
 */
export function createViewPolicy(findVisible: FindVisible): ViewPolicy {
  return {
    async viewOf(caller): Promise<CallerView> {
      requirePermission(caller, "experiment.read");
      const filter = readable(caller, "experiment");
      const seesAll = filter === "all" && readable(caller, "model") === "all";
      return {
        experiments: seesAll ? "all" : await findVisible(caller.workspace, filter),
        limits: limitsOf(caller),
      };
    },
  };
}

function limitsOf({ rights }: Caller): CallerView["limits"] {
  const role = roleOf(rights);
  return role === "admin" || role === "editor" ? limitsOfRole[role] : limitsOfRole.viewer;
}
