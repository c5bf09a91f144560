import type { RightsReader } from "../access/rights-reader.ts";
import { type AccessExplainer, createAccessExplainer } from "./access-explainer.ts";
import type { DirectoryStore } from "./directory-store.ts";
import { createGrantDirectory, type GrantDirectory } from "./grant-directory.ts";
import { createGroupDirectory, type GroupDirectory } from "./group-directory.ts";
import { createMemberDirectory, type MemberDirectory } from "./member-directory.ts";
import { createServiceAccountDirectory, type ServiceAccountDirectory } from "./service-account-directory.ts";
import { createWorkspaceDirectory, type WorkspaceDirectory } from "./workspace-directory.ts";

/** Who there is, what they may do, and why. Each method asks whether its caller may. */
export interface Directory {
  readonly workspaces: WorkspaceDirectory;
  readonly members: MemberDirectory;
  readonly groups: GroupDirectory;
  readonly serviceAccounts: ServiceAccountDirectory;
  readonly grants: GrantDirectory;
  readonly access: AccessExplainer;
}

/** What experiments are called, since patterns of grants go by names; those that are not there are left out. */
export type ExperimentNames = (
  workspace: string,
  experimentIds: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

export interface DirectoryParts {
  readonly store: DirectoryStore;
  readonly rights: Pick<RightsReader, "read">;
  readonly experimentNames: ExperimentNames;
  readonly clock: { now(): number };
  readonly newId: () => string;
}

export function createDirectory(parts: DirectoryParts): Directory {
  return {
    workspaces: createWorkspaceDirectory(parts),
    members: createMemberDirectory(parts),
    groups: createGroupDirectory(parts),
    serviceAccounts: createServiceAccountDirectory(parts),
    grants: createGrantDirectory(parts),
    access: createAccessExplainer(parts),
  };
}
