import type { AuditReading } from "@runweir/identity-domain";
import { router } from "@runweir/trpc";
import { type AccountServices, createAccountRouter } from "./account-router.ts";
import { createAuditRouter } from "./audit-router.ts";

/** Who one is, who may what, and who did what, mounted at `/trpc/identity`. */
export function createIdentityRouter(
  services: AccountServices & { readonly audit: AuditReading; readonly clock: { now(): number } },
) {
  return router({
    account: createAccountRouter(services, services.clock),
    audit: createAuditRouter(services.audit),
  });
}

export type IdentityApi = ReturnType<typeof createIdentityRouter>;
