/** Whose files are shown. */
export type ArtifactOwner =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "model"; readonly modelId: string };

/** The file's own address: streamed as it is, under headers that shut in whatever it holds. */
export function fileUrl(owner: ArtifactOwner, path: string): string {
  const root = owner.kind === "run" ? `/artifacts/runs/${owner.runId}` : `/artifacts/models/${owner.modelId}`;
  return `${root}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

export function downloadUrl(owner: ArtifactOwner, path: string): string {
  return `${fileUrl(owner, path)}?download=1`;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
