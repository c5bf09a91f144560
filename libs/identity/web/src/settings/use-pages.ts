"use client";

import type { Page } from "@runweir/identity-domain";
import { useInfiniteQuery } from "@tanstack/react-query";

export interface PageQuestion {
  readonly search: string | undefined;
  readonly limit: number;
  readonly pageToken: string | undefined;
}

const pageSize = 50;

/** A list that is read page by page; `key` begins with the path of the procedure, so that changes make it be asked again. */
export function usePages<Item>(
  key: readonly unknown[],
  search: string,
  ask: (question: PageQuestion) => Promise<Page<Item>>,
) {
  const query = useInfiniteQuery({
    queryKey: [...key, "pages", search],
    queryFn: ({ pageParam }) => ask({ search: search || undefined, limit: pageSize, pageToken: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    // What is on the screen stays there while the next letters are looked for.
    placeholderData: (before) => before,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) };
}
