import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LocationRules } from "@runweir/artifacts-domain";
import type { ApiSettings } from "./config.ts";

/** Where experiments keep their artifacts, and which places are trusted. Only the testing switch moves it. */
export interface ArtifactPlacement {
  readonly rules: LocationRules;
  locationOf(experimentId: string): string;
  /** A relative folder means one of the test's own working folder; without a test it stays as it was given. */
  resolve(location: string): string;
  move(root: string, workingFolder: string): void;
}

export function createArtifactPlacement(
  settings: Pick<ApiSettings, "artifactFolders" | "artifactPrefixes">,
): ArtifactPlacement {
  let root = "mlflow-artifacts:";
  let workingFolder: string | undefined;
  let testFolders: readonly string[] = [];
  return {
    rules: {
      get folders() {
        return [...settings.artifactFolders, ...testFolders];
      },
      s3Prefixes: settings.artifactPrefixes,
    },
    locationOf: (experimentId) => `${root}/${experimentId}`,
    resolve(location) {
      const plainPath = !/^[a-z][a-z0-9+.-]*:/i.test(location);
      if (workingFolder === undefined || !plainPath || isAbsolute(location)) return location;
      return join(workingFolder, location);
    },
    move(newRoot, newWorkingFolder) {
      root = newRoot.replace(/\/+$/, "");
      workingFolder = newWorkingFolder;
      testFolders = [...(root.startsWith("file:") ? [fileURLToPath(root)] : []), newWorkingFolder];
    },
  };
}
