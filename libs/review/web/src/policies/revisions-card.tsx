"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Card, CardHeader, ErrorState, RelativeTime, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useReviewApi } from "../review-api.ts";

/** Who changed the policies when, and by which request. */
export function RevisionsCard() {
  const api = useReviewApi();
  const query = useQuery(api.policies.list.queryOptions());
  return (
    <Card aria-label="Revisions">
      <CardHeader title="Revisions" />
      <ol className="max-h-80 overflow-y-auto pb-2 text-sm">
        {query.isError && query.data === undefined ? (
          <li className="px-3 pb-1">
            <ErrorState compact problem={describeError(query.error)} onRetry={() => void query.refetch()} />
          </li>
        ) : query.data === undefined ? (
          <li className="px-3 py-2">
            <Skeleton className="w-48" />
          </li>
        ) : (
          query.data.map(({ revision, author, time, requestId }) => (
            <li key={revision} className="flex items-center gap-1.5 px-3 py-1">
              <span className="num">{revision}</span>
              <span className="min-w-0 truncate text-ink-2">by {author.name}</span>
              <RelativeTime at={time} className="text-ink-3" />
              {requestId !== undefined && (
                <ZoneLink href={`/reviews/${requestId}?tab=changes`} className="text-accent underline">
                  #{requestId}
                </ZoneLink>
              )}
            </li>
          ))
        )}
      </ol>
    </Card>
  );
}
