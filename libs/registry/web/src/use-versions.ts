"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRegistryApi, useRegistryClient } from "./registry-api.ts";

const pageSize = 50;

/** Versions of a model, newest first, by page. */
export function useVersions(name: string, enabled = true) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const query = useInfiniteQuery({
    queryKey: [...api.versions.search.pathKey(), "of", name],
    queryFn: ({ pageParam, signal }) =>
      client.versions.search.query(
        {
          filter: nameFilter(name),
          orderBy: ["version_number DESC"],
          maxResults: pageSize,
          ...(pageParam === undefined ? {} : { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    enabled,
  });
  // Names with both kinds of quotes are found by a pattern, which may find others too.
  const versions = query.data?.pages.flatMap(({ items }) => items).filter((one) => one.name === name);
  return { ...query, versions };
}

function nameFilter(name: string): string {
  if (!name.includes("'")) return `name = '${name}'`;
  return name.includes('"') ? `name LIKE '${name.replaceAll("'", "_")}'` : `name = "${name}"`;
}
