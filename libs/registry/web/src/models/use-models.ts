"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRegistryApi, useRegistryClient } from "../registry-api.ts";
import { searchFilter } from "./search-filter.ts";

const pageSize = 100;

export type ModelOrder = "name ASC" | "last_updated_timestamp DESC";

/** Models by page; the next one is asked for when the list is scrolled that far. */
export function useModels(text: string, order: ModelOrder) {
  const api = useRegistryApi();
  const client = useRegistryClient();
  const filter = searchFilter(text);
  const query = useInfiniteQuery({
    queryKey: [...api.models.search.pathKey(), "list", { filter, order }],
    queryFn: ({ pageParam, signal }) =>
      client.models.search.query(
        {
          orderBy: [order],
          maxResults: pageSize,
          ...(filter === undefined ? {} : { filter }),
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
