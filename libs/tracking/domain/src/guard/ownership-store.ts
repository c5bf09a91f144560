/** To which experiments things belong: what guards ask before a service is asked anything. */
export interface OwnershipStore {
  /** The experiments of runs or of logged models, deleted ones too; what is not in the workspace is left out. */
  findExperimentsOf(
    workspace: string,
    kind: "run" | "logged-model",
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  findExperimentNames(
    workspace: string,
    experimentIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  findExperimentByName(
    workspace: string,
    name: string,
  ): Promise<{ readonly experimentId: string } | undefined>;
}
