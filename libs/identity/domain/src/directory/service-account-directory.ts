import { DomainError } from "@runweir/errors";
import { requirePermission } from "../access/require-permission.ts";
import type { Caller } from "../caller.ts";
import { checkDescription, checkName } from "./check-text.ts";
import type { DirectoryParts } from "./directory.ts";
import type { Page, PageRequest, ServiceAccount } from "./directory-records.ts";

/** Those who are nobody: training jobs, pipelines. They have tokens and roles, and cannot sign in. */
export interface ServiceAccountDirectory {
  list(caller: Caller, request: PageRequest): Promise<Page<ServiceAccount>>;
  create(
    caller: Caller,
    draft: { readonly name: string; readonly description?: string | undefined },
  ): Promise<ServiceAccount>;
  update(
    caller: Caller,
    changes: {
      readonly accountId: string;
      readonly description?: string | undefined;
      /** Disabled ones keep what they have and may not use it. */
      readonly isDisabled?: boolean | undefined;
    },
  ): Promise<ServiceAccount>;
  /** With its roles and grants; its tokens open nothing from then on. */
  delete(caller: Caller, accountId: string): Promise<void>;
}

export function createServiceAccountDirectory({
  store: { serviceAccounts },
  clock,
  newId,
}: Pick<DirectoryParts, "store" | "clock" | "newId">): ServiceAccountDirectory {
  async function findToChange(caller: Caller, accountId: string): Promise<ServiceAccount> {
    requirePermission(caller, "server.manage");
    const account = await serviceAccounts.find(accountId);
    if (account !== undefined) return account;
    throw new DomainError("not_found", `There is no service account '${accountId}'.`, {
      field: "accountId",
    });
  }

  return {
    async list(caller, request) {
      requirePermission(caller, "workspace.read");
      return serviceAccounts.list(request);
    },

    async create(caller, { name, description = "" }) {
      requirePermission(caller, "server.manage");
      checkName("name", name);
      checkDescription(description);
      const account: ServiceAccount = {
        accountId: newId(),
        name,
        description,
        isDisabled: false,
        createdBy: caller.principal.name,
        creationTime: clock.now(),
      };
      await serviceAccounts.insert(account, {
        caller,
        event: {
          action: "service-account.create",
          object: { id: account.accountId, name },
          after: { name, description },
        },
      });
      return account;
    },

    async update(caller, { accountId, ...changes }) {
      const before = await findToChange(caller, accountId);
      const { description = before.description, isDisabled = before.isDisabled } = changes;
      checkDescription(description);
      const account = { ...before, description, isDisabled };
      const action =
        before.isDisabled === isDisabled
          ? "service-account.update"
          : isDisabled
            ? "service-account.disable"
            : "service-account.enable";
      await serviceAccounts.replace(account, {
        caller,
        event: {
          action,
          object: { id: accountId, name: before.name },
          before: { description: before.description, isDisabled: before.isDisabled },
          after: { description, isDisabled },
        },
      });
      return account;
    },

    async delete(caller, accountId) {
      const { name } = await findToChange(caller, accountId);
      await serviceAccounts.remove(accountId, {
        caller,
        event: { action: "service-account.delete", object: { id: accountId, name } },
      });
    },
  };
}
