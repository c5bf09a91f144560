import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { ImportedVersion } from "@runweir/registry-domain";
import type { Tracking } from "@runweir/tracking-domain";
import type { ExportedVersion } from "./exported-registry.ts";

export interface PlacesTarget {
  readonly caller: Caller;
  /** Says where the artifacts of runs and logged models lie here. */
  readonly places: Pick<Tracking, "getRunInfo" | "getLoggedModel">;
}

/** Artifacts of runs and logged models lie at places of this server's own; what a version says of them follows. */
export async function moveVersion(
  { caller, places: here }: PlacesTarget,
  { version, places: there }: ExportedVersion,
): Promise<{ readonly version: ImportedVersion; readonly lacks?: string | undefined }> {
  const moves: [string, string][] = [];
  const gone: [string, string][] = [];
  if (there.run !== undefined && version.runId !== undefined) {
    const run = await unlessGone(here.getRunInfo(caller, version.runId));
    if (run) moves.push([there.run, run.artifactUri]);
    else gone.push([there.run, `run ${version.runId}`]);
  }
  if (there.model !== undefined && version.modelId !== undefined) {
    const model = await unlessGone(here.getLoggedModel(caller, version.modelId));
    if (model) moves.push([there.model, model.artifactUri]);
    else gone.push([there.model, `logged model ${version.modelId}`]);
  }
  const move = (uri: string): string => {
    const found = moves.find(([from]) => isWithin(uri, from));
    return found ? found[1] + uri.slice(found[0].length) : uri;
  };
  return {
    version: { ...version, source: move(version.source), storageLocation: move(version.storageLocation) },
    lacks: gone.find(([from]) => isWithin(version.storageLocation, from))?.[1],
  };
}

function isWithin(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}

/** A run that was left out, or its model. */
async function unlessGone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return undefined;
    throw error;
  }
}
