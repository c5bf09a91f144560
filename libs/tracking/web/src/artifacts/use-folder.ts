"use client";

import { useQuery } from "@tanstack/react-query";
import type { ArtifactOwner } from "./artifact-owner.ts";
import { useArtifactsApi } from "./artifacts-api.ts";

export interface FolderEntry {
  readonly path: string;
  readonly name: string;
  readonly folder: boolean;
  readonly bytes: number | undefined;
}

export interface Folder {
  readonly entries: readonly FolderEntry[];
  /** There are more than are listed. */
  readonly more: boolean;
}

/** What lies in a folder, folders first. While the run goes on it is asked again now and then: files announce nothing. */
export function useFolder(owner: ArtifactOwner, path: string, { live }: { readonly live: boolean }) {
  const api = useArtifactsApi();
  return useQuery(
    api.list.queryOptions(
      { owner, path },
      {
        refetchInterval: live ? 3_000 : false,
        select: ({ entries, truncated }): Folder => ({
          entries: entries.map((entry) => ({
            path: entry.path,
            name: entry.name,
            folder: entry.kind === "folder",
            bytes: entry.kind === "file" ? entry.bytes : undefined,
          })),
          more: truncated,
        }),
      },
    ),
  );
}
