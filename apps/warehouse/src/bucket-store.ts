import { type ArtifactStore, parseArtifactPath } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { SnapshotStore } from "@runweir/snapshot-domain";

/** More than any folder of snapshots has. */
const filesMax = 10_000_000;

/** Snapshots in the same kind of store that artifacts are in. */
export function bucketStore(store: Pick<ArtifactStore, "put" | "open" | "list" | "delete">): SnapshotStore {
  return {
    put: (path, body) => inOurWords(() => store.put(parseArtifactPath(path), body)),
    read: (path) => inOurWords(async () => (await store.open(parseArtifactPath(path))).read()),
    list: (folder) =>
      inOurWords(async () => {
        const files = new Map<string, number>();
        let pageToken: string | undefined;
        do {
          const page = await store.list(parseArtifactPath(folder), { limit: filesMax, pageToken });
          for (const entry of page.entries) if (entry.kind === "file") files.set(entry.name, entry.bytes);
          pageToken = page.nextPageToken;
        } while (pageToken !== undefined);
        return files;
      }),
    delete: (path) => inOurWords(() => store.delete(parseArtifactPath(path))),
  };
}

async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `The store of the snapshots: ${error.message}`, { cause: error });
  }
}
