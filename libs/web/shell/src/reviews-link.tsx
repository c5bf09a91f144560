"use client";

import { Badge, Button } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { GitPullRequestArrow } from "lucide-react";
import { IdentityApiProvider, useIdentityApi } from "./identity-api.ts";
import { ReviewApiProvider, useReviewApi } from "./review-api.ts";

/** Milliseconds between two looks at what waits. */
const lookAgain = 60_000;

/** The inbox, and how much waits in it for the reader. */
export function ReviewsLink() {
  return (
    <IdentityApiProvider>
      <ReviewApiProvider>
        <Waiting />
      </ReviewApiProvider>
    </IdentityApiProvider>
  );
}

function Waiting() {
  const api = useReviewApi();
  const identity = useIdentityApi();
  const who = useQuery(identity.account.current.queryOptions(undefined, { staleTime: lookAgain }));
  // Who is not signed in has no inbox, and would only be refused.
  const isSomebody = who.data !== undefined && who.data.kind !== "anonymous";
  const { data } = useQuery(
    api.inbox.counts.queryOptions(undefined, {
      enabled: isSomebody,
      staleTime: lookAgain,
      refetchInterval: lookAgain,
      retry: false,
    }),
  );
  const waiting = data?.waiting ?? 0;
  if (!isSomebody) return null;
  return (
    <Button asChild variant="ghost" className="max-sm:gap-1 max-sm:px-1">
      <ZoneLink href="/reviews" aria-label={waiting === 0 ? "Reviews" : `Reviews, ${waiting} waiting`}>
        <GitPullRequestArrow aria-hidden className="size-4 sm:hidden" />
        <span className="max-sm:hidden">Reviews</span>
        {waiting > 0 && <Badge tone="accent">{waiting > 99 ? "99+" : waiting}</Badge>}
      </ZoneLink>
    </Button>
  );
}
