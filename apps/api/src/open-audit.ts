import { createAuditReading, enterDoorRefusals } from "@runweir/identity-domain";
import { createAuditLog, createAuditStore } from "@runweir/identity-postgres";
import type { Database } from "@runweir/postgres";

/** The audit log: where to enter things, who reads it, and what hears of who is refused at a door. */
export function openAudit(parts: { readonly database: Database; readonly clock: { now(): number } }) {
  const log = createAuditLog(parts);
  return {
    log,
    audit: createAuditReading({ store: createAuditStore(parts), log }),
    onRefused: enterDoorRefusals({ log, clock: parts.clock }),
  };
}
