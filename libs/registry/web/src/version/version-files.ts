import type { ModelVersion } from "@runweir/registry-trpc";
import type { ArtifactOwner } from "@runweir/tracking-web";

/** Whose files a version is made of, and the folder there. */
export interface VersionFiles {
  readonly owner: ArtifactOwner;
  /** From the owner's root; "" is the root itself. */
  readonly folder: string;
}

/** Where a version's files can be looked at; undefined when they lie somewhere that is no run's and no logged model's. */
export function versionFiles(
  version: Pick<ModelVersion, "modelId" | "runId">,
  /** The server's words for where they are. */
  location: string,
): VersionFiles | undefined {
  if (version.modelId !== undefined)
    return { owner: { kind: "model", modelId: version.modelId }, folder: "" };
  const [, runId, below] = /^runs:\/+([^/]+)\/?(.*)$/.exec(location) ?? [];
  if (runId !== undefined) return { owner: { kind: "run", runId }, folder: trim(below ?? "") };
  if (version.runId === undefined) return undefined;
  const [, folder] = location.split(`/${version.runId}/artifacts`);
  return folder === undefined || (folder !== "" && !folder.startsWith("/"))
    ? undefined
    : { owner: { kind: "run", runId: version.runId }, folder: trim(folder) };
}

/** The path of a file of the version's, from its owner's root. */
export function filePath({ folder }: VersionFiles, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function trim(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
