import { DomainError } from "@runweir/errors";
import { type Caller, type Directory, decide } from "@runweir/identity-domain";

/**
 * The caller in the workspace that a role is of. That is the one they are in; administrators of the server, who may do the same
 * in each, need not choose it first.
 */
export async function enterWorkspace(
  workspaces: Pick<Directory["workspaces"], "get">,
  caller: Caller,
  workspace: string,
): Promise<Caller> {
  if (workspace === caller.workspace) return caller;
  if (!decide(caller, "server.manage").allowed)
    throw new DomainError(
      "permission_denied",
      `Permission denied: this is about workspace '${workspace}', and the request is made in '${caller.workspace}'. Choose it by mlflow.set_workspace; administrators of the server need not.`,
      { field: "workspace" },
    );
  await workspaces.get(caller, workspace);
  return { ...caller, workspace };
}
