import type { ArtifactEntry } from "@runweir/artifacts-domain";

/** MLflow's `FileInfo` message; `path` is from the root of the run, or just the name in the proxied tree. */
export function fileInfo(entry: ArtifactEntry, path: string) {
  return entry.kind === "folder" ? { path, is_dir: true } : { path, is_dir: false, file_size: entry.bytes };
}
