import type { AuditReading, Directory, Links } from "@runweir/identity-domain";
import { router } from "@runweir/trpc";
import { type AccountServices, createAccountRouter } from "./account-router.ts";
import { createAuditRouter } from "./audit-router.ts";
import { createDirectoryRouter } from "./directory-router.ts";
import { createPeopleRouter } from "./people-router.ts";

/** Who one is, who may what, and who did what, mounted at `/trpc/identity`. */
export function createIdentityRouter(
  services: AccountServices & {
    readonly audit: AuditReading;
    readonly links: Links;
    readonly directory: Directory;
    readonly clock: { now(): number };
  },
) {
  return router({
    account: createAccountRouter(services, services.clock),
    directory: createDirectoryRouter(services.directory),
    audit: createAuditRouter(services.audit),
    people: createPeopleRouter(services),
  });
}

export type IdentityApi = ReturnType<typeof createIdentityRouter>;
