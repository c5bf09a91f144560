import { join } from "node:path";
import type { SnapshotFolder } from "@runweir/snapshot-domain";
import { openSnapshotFolder, openStoredFolder } from "@runweir/snapshot-duckdb";
import { bucketStore } from "./bucket-store.ts";
import type { WarehouseSettings } from "./config.ts";

/**
 * Where the files of each workspace's snapshots lie: on this machine, or in a bucket with copies here. S3's client is
 * large, so it is loaded only where it is used.
 */
export async function openFolders(
  settings: Pick<WarehouseSettings, "folder" | "store" | "cacheBytes">,
): Promise<(workspace: string) => SnapshotFolder> {
  const open = await chooseKind(settings);
  const folders = new Map<string, SnapshotFolder>();
  return (workspace) => {
    const name = encodeURIComponent(workspace);
    const folder = folders.get(name) ?? open(name);
    folders.set(name, folder);
    return folder;
  };
}

async function chooseKind({
  folder,
  store,
  cacheBytes,
}: Pick<WarehouseSettings, "folder" | "store" | "cacheBytes">): Promise<(name: string) => SnapshotFolder> {
  if (!store) return (name) => openSnapshotFolder(join(folder, name));
  const { createS3ArtifactStore, createS3Client } = await import("@runweir/artifacts-s3");
  const client = createS3Client({ endpoint: store.endpoint, region: store.region });
  const prefix = store.prefix === "" ? "" : `${store.prefix}/`;
  return (name) =>
    openStoredFolder({
      local: openSnapshotFolder(join(folder, name)),
      store: bucketStore(createS3ArtifactStore({ client, bucket: store.bucket, prefix: `${prefix}${name}` })),
      cacheBytes,
    });
}
