import type { ArtifactStores } from "@runweir/artifacts-domain";
import { createLocalArtifactStore } from "@runweir/artifacts-local";
import { DomainError } from "@runweir/errors";
import type { ApiSettings } from "./config.ts";

/** Where artifacts lie: our own tree, and the places that experiments may name themselves. */
export function createArtifactStores(settings: ApiSettings): ArtifactStores {
  const { artifactRoot } = settings;
  if (artifactRoot.kind === "s3") throw new DomainError("not_implemented", "S3 is not there yet.");
  return {
    proxied: createLocalArtifactStore({ folder: artifactRoot.folder }),
    folder: (folder) => createLocalArtifactStore({ folder }),
  };
}
