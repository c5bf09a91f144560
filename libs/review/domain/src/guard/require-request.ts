import { DomainError } from "@runweir/errors";
import { type Caller, decide, type Permission, requirePermission } from "@runweir/identity-domain";
import { requestNotFound } from "../service/find-request.ts";

/** Of which model the request is that something is asked of; `policies` where it is about these. */
export interface RequestOwners {
  modelOfRequest(workspace: string, requestId: number): Promise<string | "policies" | undefined>;
  requestOfComment(workspace: string, commentId: number): Promise<number | undefined>;
}

/** Rejects for who may not do this to the request; resolves with the model that it is about, or with `policies`. */
export async function requireRequestAccess(
  owners: Pick<RequestOwners, "modelOfRequest">,
  caller: Caller,
  permission: Permission,
  requestId: number,
): Promise<string | "policies"> {
  // Whoever may do it to no model at all learns nothing of which requests there are.
  requirePermission(caller, permission);
  const model = await owners.modelOfRequest(caller.workspace, requestId);
  if (model === undefined) throw requestNotFound(requestId);
  if (model === "policies") {
    requirePermission(caller, "workspace.read");
    return model;
  }
  // The name of the model is for those who may read it.
  if (decide(caller, permission, { kind: "model", name: model }).allowed) return model;
  throw new DomainError(
    "permission_denied",
    `Permission denied: ${caller.principal.name} may not ${permission === "model.read" ? "see" : "act on"} request ${requestId}.`,
  );
}
