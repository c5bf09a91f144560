"use client";

import type { ViewType } from "@runweir/tracking-trpc";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useChanges } from "../live/use-changes.ts";
import { quoteLike } from "../quote-like.ts";
import { useTrackingApi, useTrackingClient } from "../tracking-api.ts";

const pageSize = 200;

/** Experiments whose name holds the text, last touched first, kept current. */
export function useExperiments(text: string, viewType: ViewType) {
  const api = useTrackingApi();
  const client = useTrackingClient();
  const queryClient = useQueryClient();
  const filter = text === "" ? undefined : `name ILIKE ${quoteLike(text)}`;
  const query = useInfiniteQuery({
    queryKey: [...api.experiments.search.pathKey(), "list", { filter, viewType }],
    queryFn: ({ pageParam, signal }) =>
      client.experiments.search.query(
        {
          viewType,
          orderBy: ["last_update_time DESC"],
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
  useChanges({}, (changes) => {
    if (changes.length > 0 && changes.every(({ kind }) => kind === "metrics")) return;
    void queryClient.invalidateQueries(api.experiments.search.pathFilter());
  });
  return { ...query, experiments: query.data?.pages.flatMap(({ items }) => items) };
}
