import type { AuditLog } from "@runweir/identity-domain";
import { type Database, translateFailures } from "@runweir/postgres";
import { appendAudit } from "./append-audit.ts";

export function createAuditLog(options: { readonly database: Database }): AuditLog {
  const database = translateFailures(options.database);
  return {
    append: (caller, event) => database.transaction((transaction) => appendAudit(transaction, caller, event)),
  };
}
