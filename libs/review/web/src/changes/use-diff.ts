"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Request, useReviewApi, useReviewClient } from "../review-api.ts";

/** What is different. Another candidate or another base makes another diff, whoever put it there; until it is there the last one stands. */
export function useDiff(request: Request | undefined) {
  const api = useReviewApi();
  const client = useReviewClient();
  const requestId = request?.requestId ?? 0;
  const bases =
    request?.subject.kind === "moves" ? request.subject.moves.map(({ from }) => from ?? null) : [];
  return useQuery({
    queryKey: [...api.requests.diff.pathKey(), requestId, request?.headDigest, bases],
    queryFn: ({ signal }) => client.requests.diff.query({ requestId }, { signal }),
    enabled: request !== undefined,
    placeholderData: keepPreviousData,
  });
}
