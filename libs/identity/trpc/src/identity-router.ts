import type { AuditReading } from "@runweir/identity-domain";
import { router } from "@runweir/trpc";
import { createAuditRouter } from "./audit-router.ts";

/** Who may what, and who did what, mounted at `/trpc/identity`. */
export function createIdentityRouter(services: { readonly audit: AuditReading }) {
  return router({ audit: createAuditRouter(services.audit) });
}

export type IdentityApi = ReturnType<typeof createIdentityRouter>;
