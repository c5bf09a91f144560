"use client";

import type { AuditEntry, AuditFilter } from "@runweir/identity-domain";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";

const pageSize = 50;

/** The entries that the filter leaves, the newest first; more when asked for. */
export function useEntries(filter: AuditFilter) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const query = useInfiniteQuery({
    queryKey: [...api.audit.list.pathKey(), "pages", filter],
    queryFn: async ({ pageParam, signal }): Promise<readonly AuditEntry[]> =>
      client.audit.list.query(
        { ...filter, limit: pageSize, ...(pageParam === undefined ? {} : { before: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.sequence),
    // What is on the screen stays there while the next letters are looked for.
    placeholderData: (before) => before,
  });
  return { ...query, entries: query.data?.pages.flat() };
}

/** One entry by its number; null when the reader may not see it, or it is not there. */
export function useEntry(sequence: number | undefined) {
  const api = useIdentityApi();
  return useQuery({
    ...api.audit.list.queryOptions({ before: (sequence ?? 0) + 1, limit: 1 }),
    enabled: sequence !== undefined,
    select: ([entry]): AuditEntry | null =>
      entry !== undefined && entry.sequence === sequence ? entry : null,
  });
}
