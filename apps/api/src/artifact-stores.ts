import type { ArtifactStores } from "@runweir/artifacts-domain";
import { createLocalArtifactStore } from "@runweir/artifacts-local";
import type { ApiSettings } from "./config.ts";

/**
 * Where artifacts lie: our own tree (a folder, or a bucket below a prefix), and the places that experiments may name
 * themselves. S3's client is large, so it is loaded only where it is used.
 */
export async function createArtifactStores(settings: ApiSettings): Promise<ArtifactStores> {
  const { artifactRoot, artifactPrefixes } = settings;
  const folder = (path: string) => createLocalArtifactStore({ folder: path });
  if (artifactRoot.kind === "folder" && artifactPrefixes.length === 0) {
    return { proxied: folder(artifactRoot.folder), folder };
  }
  const { createS3ArtifactStore, createS3Client } = await import("@runweir/artifacts-s3");
  const client = createS3Client({ endpoint: settings.s3Endpoint, region: settings.s3Region });
  return {
    proxied:
      artifactRoot.kind === "folder"
        ? folder(artifactRoot.folder)
        : createS3ArtifactStore({ client, bucket: artifactRoot.bucket, prefix: artifactRoot.prefix }),
    folder,
    bucket: (bucket) => createS3ArtifactStore({ client, bucket }),
  };
}
