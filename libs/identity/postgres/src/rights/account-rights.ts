import { type Caller, defaultWorkspace, type Rights } from "@runweir/identity-domain";
import type { Statements } from "@runweir/postgres";
import { createGrantStore } from "../directory/grant-store.ts";
import { createRightsReader } from "./rights-reader.ts";

/** A service account by its name, as one that asks; undefined: it is not there, is disabled, or there is no such workspace. */
export async function findAccount(
  statements: Statements,
  name: string,
  { workspace = defaultWorkspace, requestId }: { readonly workspace?: string; readonly requestId: string },
): Promise<Caller | undefined> {
  const [account] = await statements.query<{ id: string }>(
    "SELECT account_id AS id FROM identity.service_account WHERE name = $1 AND NOT is_disabled",
    [name],
  );
  if (account === undefined) return undefined;
  const found = await createRightsReader({ database: statements }).read(
    { kind: "service-account", id: account.id },
    workspace,
  );
  if (found === undefined) return undefined;
  const rights: Rights = { ...found, administrator: false };
  return { principal: { kind: "service-account", id: account.id, name }, workspace, rights, requestId };
}

/** Lets an account manage the experiment that it has just made, in the transaction that made it. */
export async function grantExperiment(
  statements: Statements,
  { principal, workspace }: Caller,
  grant: { readonly grantId: string; readonly experimentId: string; readonly now: number },
): Promise<void> {
  if (principal.kind !== "service-account") return;
  await createGrantStore(statements).insertOwn({
    grantId: grant.grantId,
    workspace,
    effect: "allow",
    level: "manage",
    target: { on: "experiment", experimentId: grant.experimentId },
    holder: { kind: principal.kind, id: principal.id, name: principal.name },
    isOwn: true,
    createdBy: principal.name,
    creationTime: grant.now,
  });
}
