"use client";

import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

/** Names change seldom. */
const fresh = 10 * 60_000;

/** What somebody is called whom models and versions know by an id; the beginning of it for who is gone. */
export function PersonName({ id }: { readonly id: string }) {
  const api = useRegistryApi();
  const query = useQuery(api.nameOf.queryOptions({ personId: id }, { staleTime: fresh, retry: false }));
  if (query.isPending) return null;
  return (
    <span title={query.data ? undefined : id}>
      {query.data ?? (id.length > 12 ? `${id.slice(0, 8)}…` : id)}
    </span>
  );
}
