"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Card, CardHeader, ErrorState, Skeleton } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";
import { LineageNodes } from "./lineage-nodes.tsx";

/** What the version is made of and what was made of it: one hop, and behind each version the next. */
export function LineageCard({ name, version }: { readonly name: string; readonly version: number }) {
  const api = useRegistryApi();
  const query = useQuery(api.lineage.get.queryOptions({ name, version: String(version) }));
  return (
    <Card aria-label="Lineage">
      <CardHeader title="Lineage" />
      {query.data ? (
        <LineageNodes lineage={query.data} depth={0} seen={[`${name} ${version}`]} />
      ) : query.isError ? (
        <div className="px-3 pb-3">
          <ErrorState compact problem={describeError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      ) : (
        <div className="flex flex-col gap-3.5 px-3 pb-4">
          <Skeleton className="w-48" />
          <Skeleton className="w-36" />
        </div>
      )}
    </Card>
  );
}
