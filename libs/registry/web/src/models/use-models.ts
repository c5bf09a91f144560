"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";

const pageSize = 100;

/** Which models; what is undefined does not narrow the list. */
export interface ModelSelection {
  readonly text?: string;
  readonly filter?: string;
  readonly owner?: string;
  readonly alias?: string;
  readonly stage?: string;
}

/** Models by page, last changed first or by name; the next page is asked for when the list is scrolled that far. */
export function useModels(selection: ModelSelection, byName: boolean) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const query = useInfiniteQuery({
    queryKey: [...api.models.list.pathKey(), "pages", { selection, byName }],
    queryFn: ({ pageParam, signal }) =>
      client.models.list.query(
        {
          ...selection,
          orderBy: byName ? "name" : "last_update_time",
          ascending: byName,
          maxResults: pageSize,
          ...(pageParam === undefined ? {} : { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    // What is on the screen stays there while the next letters are looked for.
    placeholderData: (before) => before,
  });
  return { ...query, models: query.data?.pages.flatMap(({ items }) => items) };
}

/** How many models the selection holds, and by what it can be narrowed. */
export function useModelFacets(selection: ModelSelection) {
  const api = useRegistryApi();
  return useQuery(
    api.models.facets.queryOptions(selection, {
      staleTime: 10_000,
      placeholderData: (before) => before,
    }),
  ).data;
}
