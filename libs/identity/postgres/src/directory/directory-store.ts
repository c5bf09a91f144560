import type { DirectoryStore } from "@runweir/identity-domain";
import { type Database, translateFailures } from "@runweir/postgres";
import { createGrantStore } from "./grant-store.ts";
import { createGroupStore } from "./group-store.ts";
import { createHolderStore } from "./holder-store.ts";
import { createMemberStore } from "./member-store.ts";
import { createServiceAccountStore } from "./service-account-store.ts";
import { createWorkspaceStore } from "./workspace-store.ts";

export function createDirectoryStore(options: { readonly database: Database }): DirectoryStore {
  const database = translateFailures(options.database);
  return {
    workspaces: createWorkspaceStore(database),
    members: createMemberStore(database),
    holders: createHolderStore(database),
    groups: createGroupStore(database),
    serviceAccounts: createServiceAccountStore(database),
    grants: createGrantStore(database),
  };
}
