import { DomainError } from "@runweir/errors";
import type { Grant, GrantTarget, WorkspaceRole } from "@runweir/identity-domain";
import { grantOf, nameOf } from "../named-permission.ts";
import { modelTarget } from "../object-grants.ts";

const everything = "*";

/** What is asked about by `resource_type` and `resource_pattern`. */
export type Resource = { readonly on: "workspace" } | GrantTarget;

/** Of MLflow's types those that there are here. */
export function readResource(type: string, pattern: string): Resource {
  switch (type) {
    case "workspace":
      if (pattern === everything) return { on: "workspace" };
      throw invalid(
        `Invalid resource_pattern '${pattern}' for resource_type='workspace': it is a role's own workspace, called '*'.`,
        "resource_pattern",
      );
    case "experiment":
      if (pattern === everything) return { on: "experiment", pattern };
      return { on: "experiment", experimentId: pattern };
    case "registered_model":
      return pattern === everything ? { on: "model", pattern } : modelTarget(pattern);
    default:
      throw invalid(
        `Invalid resource type '${type}'. Valid resource types are: experiment, registered_model, workspace. What runs, versions and logged models permit is decided by their experiment or model, and there are no others of MLflow's resources here.`,
        "resource_type",
      );
  }
}

/** Undefined for what MLflow has no word for: grants on aliases. */
export function writeResource(
  target: GrantTarget,
): { readonly resource_type: string; readonly resource_pattern: string } | undefined {
  if (target.on === "alias") return undefined;
  return {
    resource_type: target.on === "experiment" ? "experiment" : "registered_model",
    resource_pattern: "experimentId" in target ? target.experimentId : target.pattern,
  };
}

/** On experiments and models; what is denied here is denied whatever else allows it, as MLflow's `DENY` has it. */
export function readGranted(permission: string): Pick<Grant, "effect" | "level"> {
  if (permission !== "NO_PERMISSIONS") return grantOf(permission);
  throw invalid(
    "Invalid permission 'NO_PERMISSIONS' for a role. Take the role's permission away, or use DENY where something else gives it.",
    "permission",
  );
}

export function writeGranted(grant: Pick<Grant, "effect" | "level">): string {
  return grant.effect === "deny" ? "DENY" : nameOf(grant);
}

/** The role of a group that has no permission on its workspace: it sees what its grants name. */
export const roleWithoutPermission = "guest" satisfies WorkspaceRole;

export function readWorkspaceRole(permission: string): WorkspaceRole {
  if (permission === "USE") return "member";
  if (permission === "MANAGE") return "admin";
  throw invalid(
    `Invalid permission '${permission}' for resource_type='workspace'. Workspace-wide grants accept only: MANAGE, USE.`,
    "permission",
  );
}

const workspacePermissions: Readonly<Record<WorkspaceRole, string | undefined>> = {
  guest: undefined,
  viewer: "READ",
  member: "USE",
  editor: "EDIT",
  admin: "MANAGE",
};

/** Undefined for none. READ and EDIT are what MLflow itself once had there; they are told and not taken. */
export function writeWorkspaceRole(role: WorkspaceRole): string | undefined {
  return workspacePermissions[role];
}

function invalid(text: string, field: string): DomainError {
  return new DomainError("invalid_argument", text, { field });
}
