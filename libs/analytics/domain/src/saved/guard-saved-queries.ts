import { type GuardRules, guardService, type Permission, requirePermission } from "@runweir/identity-domain";
import type { SavedQueries } from "./saved-queries.ts";

const reads = (): readonly Permission[] => ["workspace.read"];
const writes = (): readonly Permission[] => ["query.save"];

/** Whose a query is, and who may change it, the service itself asks; guests and tokens for reading are nobody's here. */
const rules: GuardRules<SavedQueries, Permission> = {
  list: reads,
  get: reads,
  create: writes,
  update: writes,
  delete: writes,
  createLink: writes,
  listLinks: reads,
  deleteLink: writes,
  openLink: reads,
};

/** Saved queries as doors get them. */
export function guardSavedQueries(savedQueries: SavedQueries): SavedQueries {
  return guardService(savedQueries, rules, async (caller, needs) => {
    for (const permission of needs) requirePermission(caller, permission);
  });
}
